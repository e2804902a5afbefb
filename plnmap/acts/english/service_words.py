"""Words of those who buy and those who serve: what is dealt in, what breaks, and their thanks."""

from __future__ import annotations

from typing import Final

from plnmap.acts.english.wording import WORD, spelled
from plnmap.acts.rules import Rule

_BLOCKS: Final = {
    "YOU": r"you|u|you've|uve|youve|you have|you guys|you lot",
    "YOUR": r"your|ur",
    "MY": r"my|our",
    "ANY": r"[\w'-]{1,14}\s",
    "NEAR": r"[^.!?\n]{0,50}?",
    "THANKS": r"thanks|thank you|thx|cheers",
    "BOUGHT": r"""
        orders?|pre-?orders?|refunds?|parcels?|packages?|delivery|bookings?|reservations?|subscription
            bills?|complaint|claim|membership|replacements?|purchases?|statements?|broadband|internet|router
            boiler|prescription|returns?|hosting|policy|luggage|bags?|trial|licen[cs]e(?: key)?|warranty
            guarantee|repair|(?:phone |land)line|(?:meter|gas|electricity|water) \w{3,9}|(?:bank|credit
            debit|gift|new) card|tickets?|flights?|lessons?|appointment|confirmation|voucher|password|prints
            proofs?
    """,
    "REFERENCE": r"order|tickets?|case|bookings?|claim|incident|invoice",
    "DUE": r"invoices?|quotation|deposit|fees?|balance|retainer|bill|(?:day |hourly )rate|payment",
    # What a firm or a maker keeps up for others.
    "OFFERED": r"""
        (?:web)?(?:site|page|shop|store|form|servers?|checkout|system|portal|api|feed)|web (?:site|page)|app
            plugin|extension|downloads?|software|sign-?up(?: page| form)?|log-?in(?: page)?|firmware
            products?|service|theme|links?|add-?on|(?:voucher |discount |promo )?code|help ?line
            phone ?lines?|captcha|installer|newsletter|(?:last|latest|new) (?:update|release|version)
    """,
    "BROKEN": r"""
        (?:is|are|'s|was|been|seems?|appears?|keeps?|has|have|just|still|always|be|gone) {ANY}?(?:down
            broken|dead|offline|crash(?:ing|ed)|fail(?:ing|s|ed)|freezing|frozen|hanging|slow|bust
            unavailable)
        (?:not|isn't|isnt|aren't|doesn't|doesnt|don't|won't|wont|can't|stopped|never
            stops) {ANY}?(?:work(?:ing)?|load(?:ing)?|open(?:ing)?|let(?:ting)?|scan|accept(?:ing|ed)?|send
            download|exist|respond(?:ing)?|reset|recogni[sz]e|take|come up|valid)
        (?:gives?|giving|gave|get|getting|throws?|throwing|returns?|shows?|saying
            says) (?:me )?(?:an? )?{ANY}?(?:404|50\d|errors?|expired|blank)
        does nothing|expired|crashes|crashed|loses|broke|has stopped|has vanished|disappeared|has no sound
            won't open
    """,
    # Hardly ever talked of but by those who bought it and those who sold it.
    "DEALT": r"""
        refund(?:s|ed)?|invoice[sd]?|bookings?|parcels?|deposit|vouchers?|proofs|post ?code|contract
            technician
        engineer|courier|warranty|receipts?|renewal|renewed|cancelled|complaint|subscription|reservation
        membership|replacement|broadband|router|boiler|prescription|appointment|discount|call ?back|outage
        faulty|opening hours|restarted|unlocked|reset|billed|overcharged|charged|paid (?:for|you|in full|by
            the|my)
        fees?|shipping|shipped|delivered|delivery|ordered|customers?|price list|print run|labour
            free of charge
        per hour|helpline|spare parts?|plumber|electrician|repair(?:ed|s)?|installation|licen[cs]e key
        (?:order|case|ticket|customer|reference|tracking|account|booking) (?:number|ref\w{0,6})
    """,
    "TRADES": r"""
        engineers?|drivers?|couriers?|technicians?|agents?|advis[eo]rs?|depot|warehouse|call cent(?:re|er)
    """,
    "THANKED_BY_CUSTOMERS": r"""
        (?:refund|replacement|{MY} (?:\w{2,9} )?(?:order|parcel|delivery|booking|card|account|broadband|line
            router|licen[cs]e|membership)|(?<!your )money)(?:'s)? (?:{ANY}){0,3}?(?:received|arrived|through
            here|processed|back|working|unlocked|sorted|fixed|restored|active)\b[^\n]{0,50}?\b{THANKS}
        (?:account|line|broadband|card|service|site|website|app) (?:is |'s )?(?:now )?(?:working|unlocked
            back on|back up|restored|reset|active)\b[^\n]{0,40}?\b{THANKS}
        {THANKS}\b[^\n]{0,40}?\b(?:(?:account|line|broadband|card|service) (?:is |'s )?(?:now )?(?:works
            working|unlocked|back on|back up|restored|reset|active)|(?:{MY} (?:\w{2,9} )?)?(?:refund
            replacing (?:it|my|the)|refunding|(?:the|my|new) replacement|compensation)
            {MY} (?:\w{2,9} )?(?:order|claim|return|complaint|parcel|booking|bill|subscription|membership
            delivery|broadband|case))
        {THANKS},? (?:\w{2,9},? )?(?:unlocked|back online|received)
    """,
    "THANKED_BY_PROVIDERS": r"""
        {THANKS}(?: so much| very much| again| a lot)? for (?:contacting|getting in touch|reporting|flagging
            choosing|shopping|flying|travelling|using our|the (?:\w{3,9} )?(?:bug )?report\b|booking with
            booking,|the (?:payment|booking|order|business)|your (?:patience while|order|report|booking
            custom|payment|purchase|enquiry|query|business|loyalty)|making us aware|alerting us
            letting us know|being a (?:\w{2,9} )?customer|spotting, \w{2,9} is)
    """,
}
_PIECES: Final[dict[str, str]] = {}
for _name, _block in _BLOCKS.items():
    _PIECES[_name] = spelled(_block, _PIECES)

THANKED_FOR_SERVICE: Final = spelled("{THANKED_BY_CUSTOMERS}|{THANKED_BY_PROVIDERS}", _PIECES)
"""Thanks that customers and providers give each other."""


def service(side: str, name: str, score: float, example: str, block: str, unless: str = "") -> Rule:
    """A rule for what one side of a service says: "customer" or "provider"."""
    pattern = WORD + spelled(block, _PIECES) + r"(?!\w)"
    silent = spelled(unless, _PIECES) if unless else None
    return Rule(f"service.{name}", "service", pattern, score, example, side, silent, needs=("addressed",))
