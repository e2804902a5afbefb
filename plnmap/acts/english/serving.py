"""What those say who serve others: help desks, firms, and people who are paid."""

from __future__ import annotations

from functools import partial
from typing import Final

from plnmap.acts.english.service_words import service
from plnmap.acts.rules import Rule

_provider = partial(service, "provider")
PROVIDER: Final[tuple[Rule, ...]] = (
    _provider("we_regret", 0.6, "We're really sorry about that", r"""
        (?:we're|we are) (?:really |so |very |truly |terribly )?sorry (?:about|for|that|to hear (?:that
            this)|you)|sorry you(?:'ve| have|'re)? (?:had to|been|still|having|were|waited)
        (?:we'll|we will|we'd) (?:get (?:this|that|it|someone|one)|chase|arrange|sort (?:this|that|it)
            check (?:this|that|with)|refund|replace|swap|be in touch|keep you (?:posted|updated)
            send (?:you )?(?:another|a new|a replacement|one))
        (?:i'll|we'll|i will|we will|can|let me) (?:get|ask|have) (?:someone|somebody|a colleague|one of
            the (?:team|manager|office|shop|{TRADES})) to
        (?:i'll|we'll) (?:let|tell) (?:the|our) (?:chef|team|manager|kitchen|store|staff|crew|office
            {TRADES})|in your (?:area|street|post ?code|region|neighbourhood)
        (?:stay|stayed|staying|visit|visited|flying|flew|travelling|shopping|booking|dining|dined|training
            order|ordering|holiday) with us|{YOUR} next (?:check-? ?up|appointment|service|order)
        {YOUR} (?:\w{2,9} )?(?:booking|order|customer|account|case|policy|claim|ticket
            reservation) (?:reference|ref|number|id|details)|(?:in|into|to|on|from) your (?:account|card
            bank)
        you(?:'ll| will| won't| will not| should)? (?:not )?(?:be|been) (?:billed|charged|refunded|contacted
            reimbursed)|(?:set|reset|change) your password|allow (?:up to |about |at least )?\d{1,3}
        (?:i've|we've|i have|we have) (?:now |just )?(?:cancelled|refunded|unlocked|reset|extended|credited
            amended|rebooked|swapped|reactivated|re-?sent|escalated|upgraded) (?:that|it|this|you|your|the
            them)
        (?:labour|materials|parts|vat|postage|delivery) (?:on top|included|extra|comes?|costs?)
            plus (?:labour|materials|parts|vat|postage)|(?:booked solid|fully booked|booked up)|no charge
            paid up|on the house
        (?:bill|invoice)(?:'s| is)? (?:attached|in the post|enclosed|to follow|on its way)|(?:first|next
            trial) (?:lesson|session|hour|month|visit|consultation) is free
        (?:homepage|home page|new site|website|logo) (?:is|has been) (?:up|live|ready|on|done|moved
            backed up)|site (?:has been )?(?:moved over|migrated|backed up|restored)
            backups? (?:are |is )?(?:done|restored)
        (?:our records|any record of)|not had (?:that|this|it) reported|get it looked at
            (?:all )?lines are open|due to (?:finish|be completed) by
        we (?:only |also |don't |do not |can't )?(?:take|accept) (?:cash|cards?|bookings|orders|returns)
            send (?:us |me )?a (?:screenshot|photo of the)
        """),
    _provider("we_are_on_it", 0.8, "We're looking into this now", r"""
        (?:we're|we are|we'll|we will|we can|we've been|team|we have been) (?:{ANY})?(?:looking into
            look into|investigating|chasing|chase) (?:this|that|it|your|the (?:issue|problem|matter))
        (?:i'm|i am|i'll|am) (?:{ANY})?(?:looking into|look into|investigating|chasing|chase) (?:this|that
            it|your \w{3,12}|the (?:issue|problem|matter)) (?:now|for you|today|straight|right|and (?:get
            let|will))
        (?:we|we've|we have|i've|i have|have|has|been|i'll|we'll|will) (?:{ANY})?(?:passed|pass|forwarded
            escalated|reported|logged|raised|fed|feed|flagged|shared) (?:this|that|it|your [\w' ]{3,30}?
            the issue|details) ?(?:on |over |up |back |along )?(?:to|with|for) (?:the|our
            your) (?:\w{2,12} )?(?:{TRADES}|team|teams|manager|management|department|store|branch|council
            developers?|engineers?|office|stations?|highways)
        (?:we've|we have) logged|we(?:'ll| will) (?:feed|pass) (?:this|that|it) (?:back|on)
        (?:we are|we're) (?:{ANY})?(?:aware of|experiencing|receiving reports|unable to|closed until
            open (?:from|until|till)|here (?:until|from|if|to help))
        our (?:\w{3,12} )?(?:{TRADES}|phone ?lines?|lines are|support team|opening hours|tech team|web ?team
            help ?desk|customer \w{4,8}|returns? policy|terms|apologies|sales team|store team)
        our team (?:will|is looking|are looking|can (?:help|look)|on|has been|have been|would|know)
        we(?:'ve| have|'ll| can| will| could|'d)? (?:{ANY}){0,2}?(?:refund|refunded|credited|compensate
            reimburse|dispatch|dispatched|shipped|restarted|arranged|pushed an?|deployed|restored
            received your|offer you (?:an?|your) (?:replacement|refund|money|discount|credit|voucher|full))
        we (?:{ANY})?(?:apologi[sz]e (?:for|if|that)|regret|appreciate your (?:patience|feedback|business
            custom)|value your|take (?:this|that|these) (?:very )?seriously)
        we'?d (?:like|love|hate) to (?:make (?:this|it|things) right|help (?:with this|you get|sort)
            hear (?:more about|what went)|look into|sort this|put this)
        (?:the|an?|our) (?:issue|outage|fault|incident) (?:is|has|was|should|affecting
            with)\b{NEAR}\b(?:resolved|fixed|investigated|restored|aware|our)
        (?:feedback|comments|concerns?|complaint) (?:has been |have been |been |will be )?(?:shared|passed
            forwarded|noted|logged)
        """),
    _provider("contact_us", 0.8, "Please contact our team", r"""
        (?:contact|call|e?-?mail|dm|message|phone|drop) (?:us|our|support)\b(?! (?:friends?|kids|mum|own
            students|pupils|school|teachers|all))
        (?:get|be) (?:back )?in (?:touch|contact) with (?:us|our|the team|customer|support)
        (?:someone|a colleague|an advis[eo]r|a member|one of (?:us|our|the)|somebody) (?:{ANY}){0,5}?(?:will
            can|should) (?:{ANY})?(?:be in touch|contact you|call you|get back to you|visit)
        let us know (?:if (?!you're|ur)|how you get on|which|your|whether|should|so we|any changes)
        (?:send|sending|provide|confirm|share|dm|give|giving|supply|message|e?-?mail|pass|let|with
            drop)(?: me| us| it| over){0,2} (?:with )?(?:have )?your (?:full )?(?:order|account|booking
            ref\w{0,6}|case|ticket|post ?code|phone|policy|invoice|serial|customer|tracking|full name
            name and|zip|dob|contact (?:details|number))
        (?:confirm|check|verify) the (?:email|e-mail|address|name|post ?code|number) (?:{ANY})?(?:on|for
            of) (?:your|the) (?:account|order|booking)
        (?:what's|what is|what was|have you got|do you have|can i (?:have|take|get)|could i (?:have|take
            get)|may i have) (?:the |your |an? )(?:{ANY})?(?:order|account|booking|case|ticket|post ?code
            policy|invoice|serial|customer|tracking|reference) (?:number|ref|no|id|details|email)
        (?:which|what) (?:stop|store|branch|station|browser|device|model|operating system|app version
            service|bus|route|flight) (?:was|were|are|did|is|do) (?:you|it)
        (?:can|could|would) you (?:please |kindly |also )?(?:tell|let|give|send|provide|dm|drop|message
            email|show) us|would you mind (?:sending|giving|telling|dming) us|(?:please|pls) (?:tell|give
            send|show|let) us\b(?! all)
        (?:send|attach|provide|share|dm) (?:us |me )?(?:an?|the|your|some
            more) (?:{ANY}){0,2}?(?:screenshots?|receipt|order number|proof of purchase) (?:to|so|and|of|via
            by|at)
        (?:don't|do not|not|never) (?:post|share|give|put|tweet) your (?:{ANY}){0,2}?(?:details|password
            number|info)
        (?:follow|use|click|tap|visit) (?:this|the|our) (?:link|form|page|site|website) (?:below )?(?:to
            and) (?:reset|contact|report|claim|track|request|update|raise|submit|apply|book|cancel)
        so we can (?:check|look|help|investigate|sort|assist|arrange|get|take)|help centre|help center
            support@
        """),
    _provider("dealt_with", 0.8, "Your refund has been processed", r"""
        {YOUR} (?:\w{2,12} )?(?:order|refund|tickets?|case|booking|parcel|package|delivery|invoice|payment
            subscription|request|claim|query|complaint|replacement|reservation|membership
            licen[cs]e(?: key)?|appointment|proofs?|quote|prescription|items?|device|trial|hosting|policy
            bill|estimate|repair|deposit|purchase|contract|account) (?:is|are|has|have|will|should|was|were
            won't|can|runs|expires|failed|hasn't|isn't|includes) (?:{ANY}){0,3}?(?:been|be|ready|on its way
            out for|confirmed|processed|sent|due|ready|open|closed|active|reset|unlocked|locked|shipped
            dispatched|complete|cancelled|booked|with|paid|arrive|collected|live|updated|refunded|escalated
            logged|resolved|in the|now|until|check|please|under|valid|credited)\b(?! (?:so|very|broken
            down))
        {YOUR} (?:payment|order|booking|subscription|trial|membership|licen[cs]e|card) (?:failed|runs until
            expires|ends|renews)
        (?:i've|i have|ive|we've|we have|have|just|now|i'll|we'll) (?:{ANY})?(?:opened|raised|logged|created
            escalated|processed|issued|refunded|cancelled|amended|reset|extended|reactivated|re-?sent
            credited|applied|updated|uploaded|moved|migrated|set up|unlocked|renewed|edited|added|upgraded
            completed) (?:an?|the|your|you|this) (?:[\w']{1,12} ){0,3}?(?:case|ticket|refund|order|booking
            replacement|account|password|subscription|trial|licen[cs]e|hosting|complaint|credit|dns|domain
            invoice|manuscript|version of your|server|membership|site|website|request)
        (?:licen[cs]e|confirmation|invoice|receipt|tickets?|voucher|membership|account|password
            subscription) (?:has been |is |was |now )?(?:re-?sent|resent|reactivated|renewed|reset|unlocked
            refunded|credited|extended)
        no record of (?:that|your|the|an?) (?:order|booking|payment|account)
        you can (?:{ANY}){0,2}?(?:cancel|manage|track|return|reset|renew|update your|change your|check your
            view your|upgrade|claim|rebook|collect) {NEAR}\b(?:any ?time|settings|bookings?|order|online
            account|subscription|store|payment|details|delivery|for free)
        under my account|out for delivery|out of stock|on back ?order|tracking (?:number|link|details) (?:to
            will|is)|(?:business|working) days|free returns|money back|full refund|terms and conditions
        (?:on its way|shipped|dispatched) to you|(?:returns|refunds|delivery|shipping|postage) (?:are|is
            takes?|can take) (?:free|\d{1,2}|up to|within)
        (?:there's|there is|there will be) (?:an?|no) (?:\w{2,9} )?(?:fee|charge) (?:to|for)|covered by your
            under your (?:guarantee|warranty|policy|contract)
        discuss (?:accounts?|your|individual|personal)|(?:sale|offer) (?:ends|runs)|discount is \d
            valid (?:card|receipt|ticket|id)
        """),
    _provider("regrets", 0.7, "We apologise for any inconvenience", r"""
        (?:any|this|for the) inconvenience|inconvenience caused|(?:for )?any (?:disruption|trouble caused)
        (?:sorry|apologies|apologi[sz]e) (?:{ANY}){0,2}?(?:for|about) (?:the|any|your|this
            that) (?:\w{2,12} )?(?:experience|service|wait|trouble|issues?|frustration|mix-?up|hassle
            outage)
        sorry (?:to hear|for|about|you)\b[^?\n]{1,70}?\b(?:dm us|let us|could you dm|can you dm|our team
            our \w{3,9} team|order number|look into (?:this|it)|with us)
        (?:not|isn't|wasn't) the (?:\w{2,9} )?(?:experience|standard|level of service|service
            impression) (?:we|you should|that we|you'd)
        (?:bear|bearing) with us|(?:trains|services|buses|flights) (?:are|is) (?:running|delayed|suspended
            cancelled)
        (?:glad|pleased|happy|great) (?:we|our \w{3,9}|the team) (?:could|were able to|was able to
            managed to) (?:help|sort|assist|get|resolve)
        (?:happy|glad|here|able|love) to assist|anything else (?:i|we) can (?:help|assist) (?:you )?with
            (?:happy|glad) to help[,.!] (?:{ANY})?(?:anything else|if you need us)
        any (?:more|further) (?:trouble|problems?|issues?|questions?)[^.?\n]{0,20}(?:touch|let us|shout|dm
            contact|us know)
        """),
    _provider("signed", 0.6, "Glad that works now! ^JB", r"""
        \^ ?[a-z]{1,9}(?=\W{0,3}$)
        """),
    _provider("thanks_customer", 0.8, "Thank you for your order", r"""
        {THANKED_BY_PROVIDERS}
        (?:payment|deposit|fee|funds|cheque|transfer) (?:\w{2,9} )?(?:received|cleared)
            looking forward to working with you
        """),
    _provider("put_right", 0.6, "We've pushed a fix, please update the app", r"""
        (?:everything|services?|systems?|site|we're|things|servers?|line|app|website|lines
            it) (?:should (?:now )?be|is now|are now|now|is|'s|are) (?:all )?(?:back up|back online
            back to normal|up and running|restored|working as normal|working normally)
        (?:pushed|push|released?|rolled out|rolling out|deployed) (?:an?|the) (?:fix|patch|update|hotfix)
        (?:fixed|fix|resolved|patched|corrected|addressed) (?:{ANY})?(?:in|on) (?:the|our|today's|version
            v\d) ?(?:{ANY})?(?:release|version|server|end|patch)
        (?:reload|refresh) the page|update (?:the|your) app|(?:please|pls|try) reinstall\w{0,3}
            clear your cookies
        (?:link|typo|form|bug) (?:is |has been |'s |now |should be )?(?:now )?(?:fixed|corrected|repaired
            mended)
        (?:a|the) fix (?:is )?(?:coming|ready|on its way|live|out)
        restarted the|(?:reset|rebooted) (?:your|the) (?:line|router|connection)
        (?:is it|is that|is everything|is your \w{3,9}) (?:any )?(?:better|working) now
        (?:reproduce|replicate) (?:it|this|the (?:bug|issue|problem|error))
        reported to the (?:\w{3,12} )?(?:crew|council|depot|engineers?|store)|crew (?:will|are|is|has|have)
        (?:look|looking) (?:at|into) (?:it|this) (?:tonight|today|right (?:now|away))
        """, r"""
        \b(?:i|we) (?:\w{2,9} )?(?:can't|couldn't|don't|didn't)\b
        """),
    _provider("in_trade", 0.8, "I've attached the invoice for March", r"""
        (?:invoice|quote|estimate|quotation|contract
            proofs?)(?:'s| is| are| will)? (?:{ANY}){0,2}?(?:attached|to follow|on its way|in your inbox
            in your (?:e-?)?mail|ready)
        attached (?:the|an?|your|my) (?:{ANY})?(?:invoice|quote|estimate|contract|proofs)
        my (?:day |hourly |daily )rate|my rates (?:are|start)|i (?:usually |normally )?charge (?:\W?\d
            by the|per|for|an?\b|from)|[£$€]\d{1,4} (?:an|a|per) (?:hour|lesson|word|page|session)|(?:half
            \d{1,2}%|deposit) (?:up ?front|in advance|on completion)
        (?:deposit|fee) (?:secures|covers|includes)|same fee|(?:i'll|we'll|i will) (?:{ANY})?(?:bill
            invoice) (?:you|at|for|on|the)
        (?:comes|came|come) to (?:{ANY}){1,2}?(?:hours|all in|plus)|\d{2,5} all in
        (?:first |second |final |latest |new )(?:draft|version|proofs?|cut) of your (?:logo|site|website
            cover|brochure|menu|shop)
        have your (?:pages|files|proofs?|site|logo|edits|manuscript) (?:back )?(?:to you|ready|done)
        edits (?:on|to) {NEAR}\b(?:invoice|bill)
        (?:can|could) (?:fit|squeeze|book|slot) you in|(?:parts?|materials) (?:are|is|have been) (?:ordered
            in|here)
        your (?:car|glasses|order|bike|watch|suit|dress|prescription|proofs|prints|frames|repair) (?:is
            are) (?:ready|in|done|here)
        your (?:new )?(?:site|website|shop|store|domain) is (?:now )?(?:live|up|online|back)
        (?:plumber|engineer|technician|courier|driver) (?:will|should|has|can|reset|visit\w{0,2}|came)
        shall (?:i|we) (?:put|book|pencil) you (?:down|in)|booking is confirmed|with the van
        we (?:don't |do not |only |can |also |will )?(?:ship|deliver|stock|sell|open at|close at)\b
        """),
)  # fmt: skip
