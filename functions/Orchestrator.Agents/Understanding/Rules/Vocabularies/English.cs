using static Orchestrator.Agents.Understanding.RefundReason;

namespace Orchestrator.Agents.Understanding.Rules.Vocabularies;

internal static class English
{
    public static readonly Vocabulary Words = new()
    {
        Refund =
        [
            "refund/refunds/refunding/refundment", "reimburse/reimburses/reimbursing/reimbursement/reimbursements", "repay/repayment/repayments", "rebate/rebates", "restitution/restitutions", "compensation/compensations", "compensate",
            "recover/recovering/retrieve/regain ~ my/our money/funds/cash/payment", "my/the/our/his/her money/cash/payment/funds ~ back", "money/cash/funds back", "payment back", "my/the/our payment/money/funds returned", "return of my/the/our money/payment/funds/cash",
            "return/send/give/pay/transfer/wire/put/hand ~ money/payment/funds/cash ~ back", "return/returning ~ money/payment/funds", "return/send/put/credit/transfer ~ amount/sum/money/funds/charge/@amount ~ back", "return/send/put/credit/transfer the/my/this/that/whole/full/@amount ~ amount/sum/money/funds/payment/@amount? ~ to/onto/into/on my/our/the card/account/paypal/bank",
            "back ~ money/@amount", "@amount back", "return/send back? one/both/two of them/these/those/the payments/charges?", "get/have/want/need/give/send/pay/transfer/put ~ @amount ~ back", "would like ~ @amount ~ back", "want/demand my/our money", "these/those/both/one/two/extra ~ payment/payments/charge/charges ~ returned/reversed", "return ~ @amount",
            "reverse/reversing/undo/void ~ charge/charges/payment/payments/transaction/debit", "reversal of ~ charge/payment/transaction", "charge/charges/payment/transaction reversed", "take ~ charge off ~ card",
            "credit ~ back ~ card/account", "credit ~ my/our/the card/account/paypal/bank", "credited ~ back ~ card/account", "back ~ on/onto/to my/our card/account", "money off my card ~ back", "pay/paid/paying me back", "pay me back", "back ~ what i/we paid", "give/return/send me/us ~ what i/we paid", "what i/we paid back",
        ],
        Refunded = ["refunded", "reimbursed", "repaid", "compensated", "credited back"],
        Policy =
        [
            "refund/refunds/reimbursement/money-back/rebate/compensation/restitution policy/policies/terms/conditions/rules/procedure/guidelines/window/period/deadline/eligibility/guarantee", "money back policy/policies/guarantee/terms/conditions/rules",
            "policy/policies/rules/terms/conditions/guidelines/information/info/details on/about/for/regarding/concerning ~ refunds/refund/reimbursements/reimbursement/rebates/compensations/restitutions/refunding",
            "return/returns and refund/refunds policy/policies", "return/returns and refund/refunds", "refund and return/returns policy/policies", "return/returns refund policy", "refundable", "non refundable", "nonrefundable",
        ],
        Status = ["refund/refunds/reimbursement/rebate/compensation/restitution/money-back status/progress/tracking", "refund/reimbursement ~ current status", "status of ~ refund/refunds/reimbursement/reimbursements/rebate/rebates/compensation/restitution/money"],
        Beside =
        [
            "tax/vat/irs/deposit/customs/bail refund/refunds/rebate", "your refund", "your reimbursement", "refund season", "workers compensation", "in advance", "money back into", "compensation package/plan/manager", "mortgage/loan/debt repayment",
        ],
        Asks =
        [
            "want", "wanna", "wanted", "would .. like", "would .. love", "would .. prefer", "just like", "i d like", "need", "needed", "demand", "demanding", "insist", "require", "request", "requesting", "please", "pls", "plz", "kindly", "expect", "ask for", "asking for", "asking you to", "ask you to", "ask that", "apply for", "claim",
            "could/can/would/will you/u/ya/someone/anyone ~ @refund", "could/can/would you ~ get ~ @refund", "would appreciate", "appreciate", "would be grateful", "grateful", "hoping for/to", "i hope", "give me", "give us", "i d prefer", "prefer", "seeking", "seek", "looking for", "looking to", "am after", "happy with", "must", "have to get/obtain/receive", "have got to get/obtain/receive",
            "^ @refund me/us/my/the/it/order/this/that/our", "^ @refund ~ please", "^ just @refund", "and/then/, @refund me/us/my/the/it/this/that/our", "^ i @refund", "i am entitled to ~ @refund", "@refund request ~", "^ request for ~ @refund", "^ @refund $", "^ full/partial @refund", "^ full/partial/immediate/complete @refund", "^ @refund for ~ ", "^ @refund of ~ ", "^ @refund order/# ~ ", "back immediately", "@refund now/immediately/asap/today",
            "i deserve ~ @refund", "try/trying to @refund", "let me have ~ @refund", "issue/process/arrange/initiate/make/provide/approve/grant/authorise/authorize ~ @refund", "how about ~ @refund", "you owe ~ @refund", "should get ~ @refund", "should be @refunded", "try to get/obtain/receive", "trying to get/obtain/receive", "be @refunded", "get @refunded", "getting @refunded", "see ~ @refunded", "have it/this/that/them @refunded", "have ~ @refunded",
        ],
        Wonders =
        [
            "how/where/when/who/what ~ get/obtain/receive/ask/request/claim/have/getting/apply ~ @refund", "how/where to get/obtain/receive/ask/request/claim/have ~ @refund", "is/would it ~ possible", "can/could/may/might i/we ~ @refund", "can/could i/we be @refunded", "how can/could/do/would/should i/we ~ @refund", "how long until/before/till ~ @refund", "how soon ~ @refund",
            "when am/are/will/can/could/do i/we ~ get/getting/receive/have/expect/see/be ~ @refund/@refunded", "not know ~ how/what/where ~ @refund", "not know ~ @refund", "help ~ @refund", "assistance ~ @refund", "^ get/getting/obtain/obtaining/receive/receiving/request/requesting/claim/claiming/ask/asking ~ @refund", "any chance ~ @refund", "is there ~ way ~ @refund", "is/are a @refund possible", "am i ~ @refund", "chance of ~ @refund", "what do i ~ @refund", "wonder*", "steps ~ @refund",
            "problem/problems/issue/issues/trouble ~ getting/obtaining/receiving ~ @refund", "question ~ getting/obtaining ~ @refund", "i/we can/could not get/obtain ~ @refund",
        ],
        Declines =
        [
            "not/never/nor want/wanted/wanting/need/needed/asked/require/request/requesting/requested/expect/seek/seeking/demand/like/desire ~ @refund", "not ask/asking/asked/looking/hoping/here/after ~ for ~ @refund", "not ask/asking/want/need/require ~ you to @refund", "not want ~ be @refunded", "not/nor a @refund", "not the @refund", "not @refund", "no @refund ~ needed/necessary/required/please/wanted", "no need ~ @refund", "without ~ @refund", "instead of ~ @refund", "rather than ~ @refund", "other than ~ @refund",
            "no longer want/need/require ~ @refund", "not interested in ~ @refund", "withdraw/cancel/forget/disregard/drop/retract/close ~ my/the/this/that/any/our @refund", "prefer ~ to ~ a @refund", "over ~ a @refund", "@refund is/are not/unnecessary ~ necessary/needed/required/wanted/what", "@refund is not what", "rather have/keep/get ~ than ~ @refund", "please do not @refund", "keep the money", "keep my money", "not about ~ @refund", "^ no @refund", "do not bother ~ @refund", "no @refund",
            "not here for ~ @refund", "nothing to do with ~ @refund", "not after ~ @refund", "@refund ~ no longer needed/necessary/required", "stop ~ @refund", "not necessary to @refund",
        ],
        AsksRules =
        [
            "in/under what/which/whatever ~ case/cases/situation/situations/circumstances/condition/conditions/instances ~ @refund/@refunded", "what are the ~ cases/situations/circumstances/conditions/rules/requirements ~ @refund/@refunded", "what ~ situations/circumstances/cases/conditions ~ @refund/@refunded", "when can/may/could i/we/one/customers ask/request/apply ~ @refund", "how long do/does/would/will/did ~ @refund/@refunds ~ take/process", "how long ~ @refund ~ take/takes/usually", "how long ~ take ~ @refund", "how many days ~ @refund", "how much time ~ @refund", "how long do i/we have ~ @refund", "how long after ~ @refund", "until when ~ @refund",
            "do/does/will/would you/they/it/the/your ~ offer/give/issue/provide/allow/accept/do/have/make/grant ~ @refund", "do you @refund", "does ~ company ~ @refund", "can customers ~ @refund", "what happens ~ @refund", "is there ~ deadline/limit/fee/period/form/cutoff ~ @refund", "how do/does ~ @refund ~ work/works", "how ~ @refund work/works", "conditions/requirements/rules/criteria/eligibility/qualify/deadline ~ @refund", "am/are/is/would/will i/we/it/this/they .. eligible/entitled/covered/due ~ @refund", "whether/if ~ eligible/entitled ~ @refund", "would i ~ @refund", "if i ~ would/could/can/will/do i ~ @refund", "information/info about/on/regarding ~ @refund", "question/questions/curious/know/learn/read ~ about ~ @refund", "explain ~ @refund", "before i buy/order/purchase", "before buying/ordering/purchasing", "thinking of/about buying/ordering", "considering ~ buying/ordering/purchasing/purchase",
            "how do/does/are ~ @refund ~ handled/processed/calculated/issued", "is/are ~ @refund ~ available/offered/given", "usually take", "difference between ~ @refund", "would there be ~ @refund", "will there be ~ @refund", "is there ~ @refund ~ if", "if ~ cancel ~ will/would/do/can ~ i ~ @refund", "will/would i ~ @refund ~ if/when", "do i ~ @refund ~ if/when",
        ],
        Follows =
        [
            "where is/s ~ @refund", "where ~ @refund ~ gone/is", "track/tracking/tracked/trace ~ @refund", "any/an/the update/updates/news/progress/word ~ @refund", "update/news ~ on/about/regarding ~ @refund", "anything/something new/wrong/happening ~ @refund", "check/checking/see/verify ~ if/whether ~ @refund", "check/checking on/up/the/my ~ @refund", "follow/following up ~ @refund", "has/have/had/was/were/is/did my/the/our/this/that @refund", "has/have/had ~ @refund ~ been/gone/processed/issued/arrived/cleared/posted", "when ~ my/the/our/this/that @refund", "when will/does/can/should ~ my/the/our/this/that @refund",
            "not .. received/receive/receiving/got/gotten/seen/had .. @refund", "not ~ been/be/was/were @refunded", "never .. received/got/saw/see .. @refund", "never @refunded", "still not .. @refund/@refunded", "still .. not .. been @refunded", "waiting/wait .. for/on .. @refund", "awaiting/await ~ @refund", "@refund ~ has/have/had/did/does/is/was not", "@refund ~ not/never ~ arrived/received/shown/appeared/come/processed/reached/posted", "@refund ~ pending/delayed/overdue/missing/late/outstanding", "still no @refund", "still/yet to/be receive/@refunded ~", "received no @refund",
            "promised ~ @refund/@refunded", "@refund ~ promised/approved/confirmed/initiated/issued", "said/told/assured/confirmed ~ @refund/@refunded", "supposed to be @refunded", "would be @refunded", "will be @refunded ~ within", "requested/applied/submitted/filed/opened/asked ~ @refund ~ ago/last/yesterday/already/on/earlier/week/weeks/days", "how is/s my/the @refund", "what ~ happened ~ @refund", "what is happening ~ @refund", "long ~ my/the/this @refund ~ take/taking", "days ~ since ~ @refund", "weeks ~ since ~ @refund", "status ~ @refund", "regarding my/the @refund ~ from", "@refund ~ take/taking so long", "@refund ~ under way/underway", "in process of ~ @refund", "confirm/confirmation ~ that ~ @refund/@refunded", "confirmation of ~ @refund", "should have been @refunded", "amount of ~ my/the @refund ~ wrong/incorrect/less", "chase/chasing ~ @refund",
        ],
        Past =
        [
            "thank/thanks/thx/thankyou/cheers ~ for/you ~ the/my/your/that/processing/sorting/issuing/quick/speedy/prompt/fast/refunding/arranging/sending/@refunded ~ @refund", "thank/thanks ~ for refunding", "thank/thanks ~ for ~ @refunded", "thanks to your @refund", "already @refunded", "already ~ @refunded/@refund", "you @refunded", "was/were/been/got @refunded", "has/have ~ been @refunded", "got/received/had my/the/a/our/full/partial/this/that/your full/partial/my? @refund", "got/received my/the/a/our @refund", "got/received @refund", "received .. @refund", "had ~ @refund ~ last/ago", "@refund ~ arrived/received/came/landed/appeared/through/went", "@refunded ~ me/us/it ~ last/ago/already/yesterday", "^ @refunded", "since ~ @refunded", "@refunded already",
        ],
        Conditions = ["if", "in case", "unless", "otherwise", "should it/they/this/that/the", "or else", "provided that", "as long as", "might ~ want/need/ask", "may ~ want/need/ask", "else"],
        NoConditions =
        [
            "if possible", "if you can/could/would/may/wish", "if you need/require/have/want ~ ", "if necessary/needed/required/available/applicable/at", "if that is/s", "if it is/s ~ ok/okay/possible/trouble/fine", "if there is/are ~ any/anything/questions", "if not too", "if i may", "if i might",
            "know/tell/see/check/checking/wonder/wondering/ask/asking/advise/confirm/understand/unsure/sure/me/us/about if", "even if", "as if", "if only", "what if", "if i remember", "if i recall", "if anything", "if any", "if so", "if you would be", "if you are/re", "if not @refund",
        ],
        Others =
        [
            "my/a friend/colleague/neighbour/neighbor/sister/brother/cousin/mother/mom/mum/father/dad/wife/husband/boss/coworker/roommate/aunt/uncle/son/daughter/partner/flatmate ~ got/received/was/has/had/asked/wants/want/gets/needs/would/bought ~ @refund/@refunded", "he/she ~ got/received/wants/want/asked/was/gets ~ @refund/@refunded", "other/another/our/the/a customer/customers/client/clients/people ~ @refund/@refunded", "someone/somebody/everyone/others .. got/received/had/was/were .. @refund/@refunded", "read/heard/saw ~ @refund", "they/their ~ @refunded/@refund ~ him/her/them",
        ],
        Open =
        [
            "why would ~ @refund", "would/could/might/should you have @refunded", "just asking/curious/wondering", "who ~ needs/wants ~ @refund", "@refund or ~ replacement/exchange/replace/credit/new/send/voucher", "replacement/exchange/replace/credit/voucher/repair ~ or ~ @refund", "either ~ @refund", "not sure ~ want ~ @refund", "not sure ~ @refund", "not decided ~ @refund", "maybe/perhaps/possibly ~ @refund", "thinking of/about ~ @refund", "considering ~ @refund", "could/might/may consider ~ @refund", "as if ~ @refund", "like you would/will/are/ever ~ @refund", "ever @refund", "yeah right", "beg ~ @refund", "wish ~ @refund", "dream* ~ @refund", "refuse/refused/refuses/declined/denied/deny/rejected ~ @refund", "@refund ~ refused/denied/declined/rejected", "how to calculate ~ @refund", "replacement/exchange/swap ~ or ~ money", "does it count ~ @refund", "joke*/joking/kidding ~ @refund", "not like i want ~ @refund", "do not tell me ~ @refund", "@refund/@refunded ~ by mistake", "too much @refund", "why did you @refund", "why ~ @refunded",
        ],
        UnderWay =
        [
            "returned/sent ~ ago/last/already/weeks/back", "i/we ~ sent ~ back", "i/we ~ have returned", "i/we returned", "cancelled/canceled ~ ago/last/already/weeks", "already returned/cancelled/canceled/requested/sent", "confirmed/promised/approved/agreed ~ ago/last/already/weeks/me", "you said/promised/told/confirmed/approved", "was/been told", "return ~ arrived/received/delivered/accepted/processed", "still waiting", "ticket", "my request", "requested ~ ago/last", "business days", "working days",
        ],
        Threats = ["chargeback/chargebacks", "charge back", "dispute/disputing ~ charge/payment/transaction/bank/card/paypal/it/this", "my/the bank", "my credit card company", "card issuer", "lawyer/attorney/solicitor", "legal action/steps/proceedings", "small claims", "sue/suing", "court", "trading standards", "consumer protection", "ombudsman", "open/opening ~ dispute", "file/filing ~ dispute/claim ~ ", "better business bureau", "police"],
        Disputed =
        [
            "have/ve/had ~ disputed/opened/filed/initiated/raised/started/contacted ~ dispute/chargeback/bank/charge", "already ~ disputed/dispute/chargeback", "i/we ~ disputed", "opened/filed/raised/initiated/started ~ dispute/chargeback/claim ~ with", "my bank ~ has/have ~ refunded/reversed/returned/credited/opened", "i ~ filed a chargeback", "@refunded by my/the bank",
        ],
        Part = ["partial/partially", "part of", "only ~ for/the", "just ~ for/the", "difference", "overcharge*", "too much", "extra", "excess", "surplus", "one of the", "shipping", "delivery fee/charge/cost", "postage", "remaining/rest/remainder", "fee", "discount", "portion", "share", "out of", "percent", "one item", "missing item", "for the missing", "of it", "just/only that/this/the one/item", "just/only for? that/this", "that/this one/item only", "for the other/second one/item", "the broken/damaged/missing/faulty one"],
        Whole = ["full/fully", "whole", "entire/entirely", "complete/completely", "all of it", "total", "everything", "in total", "all my money", "entire amount"],
        InsteadOf = ["instead of", "rather than", "should have been", "should be", "supposed to be", "was advertised", "advertised", "agreed", "quoted", "the correct price/amount", "not ~ @amount", "listed"],
        Half = ["half"],
        Reasons = new Dictionary<RefundReason, IReadOnlyList<string>>
        {
            [Unrecognised] = ["not recogni*", "never ordered/authorised/authorized/bought/made/signed", "unauthori*", "fraud*", "unknown charge/payment/transaction", "did not order/authorise/authorize/make/buy/sign", "not ~ my purchase", "stolen card", "without my permission/consent/knowledge"],
            [Duplicate] = ["twice", "double", "duplicate*", "two times", "charged again", "second time", "two charges", "three times", "same order"],
            [WrongAmount] = ["overcharge*", "too much", "wrong amount/price", "incorrect amount/price", "instead of ~ @amount", "@amount ~ instead", "difference", "more than", "discount ~ not", "should have been ~ @amount"],
            [NotReceived] = ["not/never ~ arrive/arrived/received/receive/delivered/come/came/shown/got/showed", "missing", "lost", "no sign of", "still waiting", "not here", "empty box/package/parcel"],
            [Defective] = ["broken/broke", "defective/defect", "damaged/damage", "faulty/fault", "not work/working/turn/charge/start", "cracked/crack", "stopped working", "dead", "shattered", "leak*", "smashed", "torn", "malfunction*", "in pieces"],
            [NotAsDescribed] = ["not as described/advertised/expected/pictured/shown", "wrong item/size/colour/color/product/model/one", "different/incorrect item/size/colour/color/product/model", "not match ~", "fake", "counterfeit", "misleading", "poor quality", "nothing like", "not what i ordered/expected"],
            [Cancelled] = ["cancel*", "cancellation", "terminated", "unsubscribe*", "renewed", "renewal", "auto renew*"],
            [Returned] = ["returned", "sent ~ back", "sending ~ back", "return label", "returning", "returning it", "shipped back"],
            [ChangedMind] = ["changed my mind", "change of mind", "no longer need/want", "not need ~ anymore", "not fit", "too small/big/large/tight/long/short", "by mistake", "accident*", "not like", "not happy", "not satisfied", "bought elsewhere", "not want ~ anymore"],
        },
    };
}
