"""How people speak where help is owed: customers, and those who serve them, firms and single persons alike.

What is bought, booked, billed or broken is talked about among friends as well: such words alone score low.
Those that turn to the other ("you charged me twice", "can I return this?") or speak for a service ("your
refund has been processed") score high. Even so, one such post proves nothing: it takes a share of all that
passed between two people (`plnmap.analysis.accounts.service_talk`).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from plnmap.acts.english.service_words import service
from plnmap.acts.english.serving import PROVIDER
from plnmap.acts.rules import Cues, Rule

_customer = partial(service, "customer")
_DEALINGS: Final = (
    service("either", "dealings", 0.4, "My order finally came", r"""
        {DEALT}
        (?:{MY}|{YOUR}) (?:\w{2,12} )?(?:account|orders?|tickets?|quote|log-?in|driver|deliveries|server
            password|bills?)
        (?:an?|any|no|the) (?:\w{2,12} )?(?:account|order|delivery) (?:is|was|has|hasn't|never|number|came
            to be)
        (?:customer|client) (?:service|care|support)|on hold for|(?:out of|in|no) stock|sold out
            fully booked|none left
        (?:get|got|want|have|had) (?:{ANY}){0,2}?(?:money back|signal)|(?:price|prices) (?:went|have|has|are
            is|of)
        (?:hasn't|hasnt|haven't|didn't|never|not) (?:turned up|turn up|arrived|showed up|been (?:delivered
            fixed|collected|emptied))
        (?:form|site|page|app|website|feed|shop|server|printer|download|file|export
            search) (?:page )?(?:isn't|is not|won't|doesn't|just|keeps|has|is) (?:sending|loading|working
            opening|stopped|spins|vanished|down again|down|crashing|open|load|work|send|take|export)
        known (?:issue|error|bug|problem|fault)|same error|error \d{3}|\d{1,2} ?% off|(?:bus|train|tram
            flight) (?:is|was|has|never|didn't|still)
        """, r"""
        \b(?:must|court|executive|new world|pecking|short|tall) order\b|\bin \w{1,12} order\b
            \bno particular order
        """),
)  # fmt: skip

_CUSTOMER: Final[tuple[Rule, ...]] = (
    _customer("you_sent", 0.7, "The lad you sent did a lovely job on the roof", r"""
        the (?:lad|man|woman|guy|lady|chap|bloke|person|people|{TRADES}) (?:that |who )?(?:you sent|came
            turned up)
        {YOUR} (?:lady|man|guy|girl|lad|woman|chap|person|people|website|site|page|menu|sign|leaflet
            advert) (?:on the phone|at the desk|in the shop|who came|says?|said)
        (?:bought|ordered) (?:{ANY}){1,3}?(?:of your|from you)|(?:the|these|this) (?:{ANY}){1,3}?(?:i
            we) (?:bought|ordered|had) from you
        the (?:{ANY}){1,2}?you (?:did for|built|fitted|installed|sold|delivered|designed|printed|painted
            repaired|serviced)(?: for)? (?:us|me|my|our|last)
        (?:nobody|no one|noone|no-one)(?: has|'s)? (?:been in touch|got back|come|called|turned up|rung
            contacted)
        waiting {NEAR}\b(?:someone|somebody|you|anyone|an engineer|a plumber) to (?:fix|call|come|reply
            collect|answer|ring|look|turn up)
        where (?:do|should|can) (?:i|we) (?:send|post|return|pay|transfer) (?:it|this|these|the|my)|(?:want
            like) my money back
        when (?:can|could|will) you (?:start|come|fit|collect|deliver|do the|be able to (?:start|come|fit))
            what do (?:i|we) owe you for
        (?:squeeze|fit|slot|pencil|book) (?:me|us) in\b(?! for a (?:coffee|chat|beer|drink))
            paid,? (?:now,? )?{THANKS}|(?:sent|paid) (?:you )?(?:the|my|a) deposit
        please (?:bill|invoice)|bring back the old|how long is the (?:wait|queue)|(?:chance|any news) (?:of
            on) (?:a|the|my) (?:call ?back|refund|replacement|repair)
        (?:quick|fast|prompt|speedy|great|super|excellent|friendly|terrible|awful|shocking|poor|slow
            efficient) service|reporting an? (?:bug|fault|problem|issue|error)
        """),
    _customer("you_charged", 0.8, "You've charged me twice this month", r"""
        {YOU} (?:{ANY}){0,2}?(?:over|double)?-?(?:charged|billed|refunded|invoiced) (?:me|us|my|our|for)
        {YOU} (?:{ANY}){0,2}?(?:took|taken|take|owe|kept) (?:me |us )?(?:the|my|our|a) (?:money|payment
            refund|deposit)
        {YOU} (?:{ANY}){0,2}?(?:sent|delivered|shipped|lost|fixed|sorted|cancelled|replaced|processed
            rejected|closed|suspended|locked|blocked|resolved) (?:me |us )?(?:{MY}
            the wrong) (?:\w{2,12} )?(?:{BOUGHT}|items?|size|one|account)
        (?:over|double)-?charged|charged (?:me |us )?(?:twice|again|extra|too much|the wrong|the full)
        (?:why|how come) (?:has|have|is|are|did|was|were|does) (?:{MY}) (?:\w{2,12} )?(?:{BOUGHT}|account)
        my (?:{BOUGHT}|account) (?:says|shows|states|went up|has gone up|isn't|is not|hasn't|has not|hasnt
            wasn't|didn't|never) (?:{ANY}){0,2}?(?:\d{1,9}|ready|arrived|come|turned up|shipped|moved|been
            through|accepted)
        """, r"""
        \bcan you believe|\bthey\b
        """),
    _customer("where_is", 0.6, "Where's my parcel? Any news?", r"""
        (?:where|when|what|how
            any)(?:'s| is| are| has| will| can| should| do| does| happened| news| update| word| sign| \
            idea| eta| progress| long)\b{NEAR} {MY} (?:\w{2,12} )?{BOUGHT}
        (?:still|been|waiting|yet to|haven't|not|never|no) (?:{ANY}){0,3}?(?:received?|had|got|get|for|on
            sign of) (?:{MY}|an?|any|the) (?:\w{2,12} )?(?:{BOUGHT}|engineer|technician|(?:response
            reply) to my)
        (?:any|an) (?:eta|update|news|timescale|timeframe) (?:on|for|about|when) (?:{ANY}){0,2}?(?:fix
            {BOUGHT}|release|repair|resolution|restored)
        tracking (?:has|says|shows|hasn't|still|info|details) (?:{ANY}){0,3}?(?:moved|delivered|updated
            dispatched|nothing|expired|out for)
        (?:parcel|order|package|item|replacement|delivery) (?:{ANY}){0,3}?(?:was|were) (?:supposed|meant|due
            promised)
        where(?:'s| is) my (?:stuff|money|food)
        """, r"""
        \b(?:their|his|her|they|he|she|phone)\b
        """),
    _customer("can_i", 0.6, "Can I get a refund on these?", r"""
        (?:can|could|may|how (?:do|can|would|should)|do|is it possible for|where (?:do|can)|who (?:do
            can)) (?:i|we) (?:{ANY}){0,2}?(?:get|have|cancel|return|change|exchange|claim|renew|rebook|track
            re-?order|redeem|upgrade|amend|complain|report|speak to|talk to|collect|pay|swap|book|re-?set
            move|extend|apply)\b{NEAR}\b(?:{BOUGHT}|account|order|money back|invoice|quote|manager|somebody
            someone|plan|online|by card)
        (?:can|could|how (?:do|can)|may|where (?:do|can)) (?:i|we) (?:{ANY})?(?:return|exchange|unsubscribe
            redeem|activate|complain|cancel|claim|reset|renew)
        do (?:i|we) (?:need|have) to (?:renew|re-?order|register|rebook|return|pay)
        (?:i'd|i would|we'd|we would|would) (?:like|need|want|wish) to (?:cancel|return|exchange|claim
            rebook|complain|make a complaint|upgrade|change (?:the date|my|our)|book|order)
        (?:can|could|would|will) (?:you|u|somebody|someone) (?:please |also )?(?:re-?send|refund|replace
            cancel|exchange|unlock|reset|re-?activate|rebook|process|deliver|quote|price|invoice|bill|waive
            upgrade|renew|restock) (?:{ANY})?(?:my|our|me|us|this|it|them|for)
        (?:change|update) of address|(?:change|amend|cancel) (?:{MY}) (?:\w{2,12} )?(?:{BOUGHT}|account
            plan)
        (?:it|this|that|they|these) (?:{ANY}){0,2}?be (?:exchanged|refunded)
        """),
    _customer("do_you_sell", 0.6, "Do you ship to Ireland?", r"""
        (?:do|will|can) you (?:ship|deliver|sell|stock|charge|refund|restock|cater|repair|price match)
        do (?:you|u) (?:take|accept|do|offer) (?:\w{2,9} )?(?:cards?|cash|bookings|reservations|refunds
            returns|discounts?|vouchers?|gift \w{3,9}|deliver\w{1,3}|group bookings)
        do (?:you|u) have (?:{ANY}){1,3}?in (?:stock|store|a size|black|white|blue|red|green|grey)
        are (?:you|u) (?:guys )?(?:still )?open (?:on|today|tomorrow|tonight|over|late|this)
        (?:what time|how late|what days) (?:do|does|are|is) (?:you|u|the \w{3,9}|your \w{3,9}) (?:open|close
            shut)
        (?:is there|are there|do you (?:have|do|offer|give)) (?:an? |any )?(?:\w{3,12} )?(?:discounts?
            delivery slots?|vouchers?|availability|vacancies|free trial|refund policy)
        how much (?:do|would|will|does|did) (?:you|u) charge|what (?:do|would) (?:you|u) charge
        what(?:'s| is| are| would be) {YOUR} (?:\w{2,9} )?(?:rates?|fees?|prices?|charges?|lead time
            turnaround|opening hours|(?:returns?|refund) policy)
        when (?:will|is|are|will the|is the) (?:next|new) (?:version|release|update|edition
            model) (?:{ANY}){0,2}?(?:out|released|coming|available|due)
        back in stock
        """),
    _customer("locked_out", 0.7, "My account is locked and the reset mail never arrives", r"""
        {MY} account (?:is|has been|was|got|still|keeps|says|has|can't|cannot|won't|appears
            seems) (?:{ANY}){0,3}?(?:locked|suspended|hacked|blocked|closed|frozen|disabled|deactivated
            charged|expired|banned|empty|wrong|missing)
        (?:can't|cannot|cant|unable to|couldn't|not able to|won't let me
            doesn't let me) (?:{ANY})?(?:log ?in|login|log on|sign ?in|get in|access
            get)(?: back)? ?(?:in)?(?:to)? {MY} (?:\w{2,12} )?(?:account|bill|bookings?|orders?)
        locked out of {MY} (?:\w{2,12} )?account
        password(?: reset)?(?: mail| email| link)? (?:isn't|not|never|doesn't|won't|hasn't|didn't|keeps)
        {MY} (?:licen[cs]e(?: key)?|membership|subscription|card|voucher|activation) (?:\w{2,9} )?(?:isn't
            is not|not|doesn't|won't|has|still|was|never|keeps|is) (?:{ANY}){0,2}?(?:accepted|accept|work
            working|expired|declined|rejected|recogni[sz]ed|valid|showing|active|arrived)
        renewed (?:my|our|it) {NEAR}\b(?:still|not|yet)
        """, r"""
        \bschool|\bfor a reason\b
        """),
    _customer("cut_off", 0.5, "No signal at my house since last night, is there an outage?", r"""
        (?:{MY}|the) (?:\w{2,12} )?(?:broadband|internet|wi-?fi|phone line|landline|signal|heating|hosting
            router|boiler|connection|fib(?:re|er)) (?:is|'s|has|been|went|keeps|still
            just) (?:{ANY}){0,2}?(?:down|off|out|cutting|cut|dropping|drops|dead|gone|fallen over|leaking
            not working)(?: again| since| all day| for)
        no (?:signal|service|internet|broadband|power|water|connection|dial tone|heating) (?:at (?:my|our
            home|the house)|since|for \w{1,9} (?:hours|days)|all day|again)
        is there an? (?:known )?(?:outage|fault|service issue)
        (?:missed|no) (?:bin|recycling|rubbish) (?:collections?|pick ?up)
        (?:street ?lights?|pot-?holes?|bins?|fly ?tipping) {NEAR}\b(?:reported|number \d{1,3}
            not been (?:collected|emptied|fixed))
        (?:updates?|info|information) please
        """, r"""
        \b(?:you too|anyone else|anybody else|yours|come round|here too|here either)\b
        """),
    _customer("your_thing", 0.7, "The download link on your site is broken", r"""
        {YOUR} (?:\w{2,12} ){0,2}?{OFFERED} (?:(?:on|for|about|at|in
            to) (?:{ANY}){1,2}?)?(?:{ANY}){0,2}?{BROKEN}
        (?:is|are|was) {YOUR} (?:\w{2,12} )?{OFFERED} (?:{ANY})?(?:down|broken|offline|working|up)
        (?:links?|form|button|page|download|video|image|pdf|file|map|menu|login|checkout|captcha|table
            error) (?:{ANY}){0,2}?(?:on|in|of|from|to) {YOUR} (?:\w{2,12} )?(?:site|website|page|app|shop
            store|plugin|form)\b{NEAR} (?:{BROKEN}|missing|wrong|broken)
        (?:typo|bug|mistake|error|broken link|dead link|glitch|fault|security hole) {NEAR}(?:in|on
            with) {YOUR} (?:\w{2,9} )?(?:site|website|page|app|shop|form|plugin|software|program|release|api
            docs|documentation)
        (?:found|hit|reporting) (?:an?|another|the same) bug[^\w ]
        (?:broken|stopped working|broke|crash\w{0,3}|freez\w{1,3}|not working
            slow\w{0,2}) (?:{ANY}){0,3}?(?:after|since|with) (?:the|your|this) (?:\w{2,9} )?(?:update
            upgrade|release|version)
        (?:app|site|website|checkout) (?:keeps (?:crashing|freezing|logging|telling|saying)|won't (?:let
            load|open|take)|is down again|doesn't (?:load|work|recogni[sz]e))
        (?:is there|are there|having|there's|seems? to be|seeing) (?:an? |any |some )?(?:problems?|issues?
            trouble|fault|bug) (?:with|in|on) (?:the|your) (?:\w{2,9} )?(?:api|site|website|server|app
            service|feed|upload\w*|login|page|checkout|link|form|system|portal|network)
        (?:api|server|service|website|uploads?|checkout|login) (?:\w{2,12} )?(?:disabled|unavailable
            timing out|down|unresponsive|not responding)
        (?:feature request|bug report|support ticket|support request)|would be (?:nice|good|great|handy
            useful) (?:to be able to|if (?:it|the (?:app|site)) could)
        (?:any|an) update on the (?:horizon|way|api|app|issue|problem|fix|outage)
        (?:can't|cannot|unable to|won't) (?:{ANY})?(?:upload|download|log ?in|sign in|pay|install|access
            check out|update|sync) (?:{ANY}){0,3}?(?:using|on|in|with|to|from) (?:safari|chrome|firefox
            ie\d?|ios|android|ipad|iphone|my phone|my account|windows|the app|your)
        (?:file|pdf|copy|download|ebook|e-book|item|one|thing|version|kettle|\w{3,9}) {YOU} (?:sell|sold me
            sold us|sent me (?:is|was|are|has|doesn't))
        (?:that |which |what )i (?:bought|ordered|paid for)
        """),
    _customer("reference", 0.8, "Ticket 4471, opened nine days ago", r"""
        {REFERENCE}(?: (?:number|no\.?|num|nr|ref|reference|id|code))?(?: is|:)? ?#? ?[a-z]{0,3}-?\d{3,12}
        (?:the|my|our|with|sent|have) (?:\w{2,9} )?(?:order|ticket|case|claim|booking|tracking|customer
            account|policy|complaint|reference|incident|serial|confirmation) (?:number|no\.|id|ref
            reference)
        (?:sent|dm'?e?d|messaged|given) (?:{ANY}){0,2}?(?:my|our|the) (?:\w{2,9} )?(?:details by|details in
            ref\b|reference|order number|case|receipt)
        """, r"""
        \byour (?:\w{2,9} )?(?:order|ticket|case|claim|booking|customer|account) (?:number|no\.|id|ref)
        """),
    _customer("will_pay", 0.8, "I've paid your invoice this morning", r"""
        (?:pay|paid|paying|settle|settled|transferred|approve|approved|accept
            accepted) (?:you |for )?(?:your|ur|the|that|this|last) (?:\w{2,12} )?(?:{DUE}|quote|estimate)
        (?:{DUE}|half of the fee|second half|first half) (?:{ANY}){0,2}?(?:paid|settled|gone (?:over|through
            out)|transferred|is on its way|on its way)
        (?:send|email|drop|let) (?:me|us|over) (?:have )?(?:the|your|an?|another) (?:\w{2,12} )?(?:invoice
            quote|estimate|quotation|contract|proofs|bill|price list)
        (?:bill|invoice) (?:me|us) (?:as|for|at|when|later|directly|please|by)
        (?:give|get|send|do) (?:me|us) (?:an?|your|another) (?:\w{2,9} )?(?:quote|price|estimate)
        (?:happy|glad|willing|want|like|love|able) to (?:pay|hire|commission|contract) (?:you|your|u
            for (?:your|the|it|an)|the missed)
        (?:hire|hired|commission|commissioned|engaged) you\b(?! back)|(?:booked|book|book in) (?:with you
            your services)|your (?:day|hourly) rate
        (?:pay|transfer|send)(?:ing)? (?:you )?the (?:money|rest|balance|fee)\b|paid you (?:by|via|the|for
            today|yesterday|this)
        proofs (?:look|are|arrived|approved|came)|(?:go ahead and print|approved for print)
        (?:contract|agreement|paperwork) (?:is )?(?:signed|in the post|attached)|sign(?:ed)? (?:your
            the) (?:contract|agreement|quote)
        (?:you|you've|the \w{3,9} you|your \w{3,9}) (?:re)?(?:built|designed|installed|fitted|painted
            launched|delivered|developed) (?:for )?(?:my|our|us|me)\b{NEAR} (?:site|website|shop|kitchen
            bathroom|boiler|logo|on time|orders|customers)
        every penny of|(?:same|another|the) package as|(?:quick|speedy|fast|swift) turnaround
        """, r"""
        \b(?:dad|mum|their|his|her) (?:\w{3,9} )?(?:invoice|bill|fees?)\b|\bmy invoice\b|\bdrinks on me\b
        """),
    _customer("served", 0.6, "Your engineer was on time", r"""
        (?:customer (?:service|care|support)|support team|service) (?:today|from|at|yesterday|again|is|was
            has been) (?:{ANY})?(?:great|amazing|brilliant|poor|awful|excellent|terrible|fantastic|shocking
            superb|second to none|fab|dreadful|slow|friendly|appalling|outstanding)
        {YOUR} (?:\w{2,12} )?(?:{TRADES}|customer line|help ?(?:line|desk)|sales \w{3,7}|support (?:is|was
            line|staff|has)|returns? (?:policy|department)|team (?:was
            were) (?:so |very |really |super )?(?:helpful|great|rude|brilliant|lovely|useless|excellent)
            colleague|rep)
        {THANKS} to (?:your|the) (?:team|lad|guy|woman|man|lady|engineer|driver|staff|chap|agent)
        (?:shop|order|book|fly|buy|work) with you (?:again|guys)
        """, r"""
        \bring (?:up )?customer serv|\bas(?:k|sk) customer|\byour engineer\b{NEAR}\bpop\b
        """),
    _customer("complains", 0.6, "That's three times I've reported it", r"""
        (?:emailed|called|rung|rang|phoned|written|messaged|tried|reported|asked|tweeted|complained
            submitted)(?: (?:you|it|this|them|in|to you))? (?:twice|three times|\d{1,3} times|several times
            repeatedly|many times)
        (?:second|third|fourth|fifth|2nd|3rd|4th|5th|umpteenth|two|three|four|five) times? (?:i've|i have
            we've|this (?:week|month)) (?:{ANY}){0,3}?(?:reported|called|emailed|rung|asked|complained
            chased)
        (?:nobody|no one|noone|no-one) (?:{ANY}){0,3}?(?:has replied|answers|is answering|answering|picks up
            picking up|has responded|called (?:me |us )?back|(?:can|to) (?:rebook|help me|tell me))
        no (?:reply|response|answer|acknowledgement|engineer|call ?back) (?:{ANY}){0,2}?(?:yet|since|to my
            from you)|no engineer
        (?:cut|hung) (?:me )?(?:off|up) (?:on|by)|got cut off|heard nothing (?:back|since|from you)
        (?:engineer|driver|courier|technician|plumber|electrician) (?:{ANY}){0,3}?(?:never|didn't|not|hasn't
            would|left|due|between|supposed|showed)
        (?:arrived|came|turned up|delivered) (?:{ANY})?(?:broken|damaged|faulty|cracked|leaking|smashed
            incomplete|defective|ripped)
        wrong (?:size|item|part|parts|colour|order|one) (?:sent|was sent|arrived|delivered|came)
            missing (?:{ANY}){1,5}?from (?:the|my|our) (?:box|order|parcel|delivery|pack)
        (?:missed|failed|late) (?:delivery|deliveries|appointment)|says (?:it was )?delivered
        """, r"""
        \bwith (?:my|the|our|his|her) \w{3,9}\b|\bcan you believe\b|\bclaim it\b
        """),
    _customer("settled", 0.8, "That fixed my login", r"""
        (?:fixed|sorted|restored|unlocked|reset|reactivated|resolved) {MY} (?:\w{2,9} )?(?:login|log-in
            account|order|booking|broadband|line|subscription|bill)
        (?:steps|instructions|link|email|reply|message)(?: that| which)? (?:from )?your (?:agent|team
            support|colleague|staff)
        {THANKED_BY_CUSTOMERS}
        """),
)  # fmt: skip

SERVICE: Final = _DEALINGS + _CUSTOMER + PROVIDER
SERVICE_CUES: Final[Cues] = {"service.signed": "^"}
