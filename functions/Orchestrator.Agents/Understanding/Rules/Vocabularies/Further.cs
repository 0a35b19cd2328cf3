using static Orchestrator.Agents.Understanding.RefundReason;

namespace Orchestrator.Agents.Understanding.Rules.Vocabularies;

/// <summary>Swedish, Danish, Norwegian, Polish, Czech, Turkish and Japanese, in fewer words: enough for a plain wish, and to leave the rest to a person.</summary>
internal static class Further
{
    public static readonly Vocabulary Words = new()
    {
        Refund =
        [
            "återbetalning/återbetalningar/återbetala/återbetalar", "pengarna/pengar ~ tillbaka", "tilbagebetaling/tilbagebetale/refusion/refundering/refundere/refunder", "pengene/penge ~ tilbage/tilbake", "tilbakebetaling/tilbakebetale/refusjon/refundert", "@amount ~ tillbaka/tilbage/tilbake",
            "zwrot/zwrotu/zwrotem ~ pieniędzy/środków/kosztów/kwoty/pieniądze", "zwrócić/zwróćcie/zwrócenie/oddać/oddajcie/odzyskać/oddanie ~ pieniądze/pieniędzy/kwotę/środki", "zwrot/zwrotu @amount", "refundację/refundacja/refundacji", "vrácení/vrátit/vraťte/vrácením ~ peněz/peníze/částky/částku/@amount", "geri ödeme/iade", "para iadesi/iademi/iadesini", "paramı geri", "iade talebi", "返金", "払い戻し", "返して", "退款", "退钱", "退还", "rahat/rahani/rahojani/rahaa ~ takaisin", "rahanpalautus/rahanpalautusta/rahanpalautuksen/hyvitys/hyvitystä/hyvityksen",
        ],
        Refunded = ["återbetalat/återbetalats/tilbagebetalt/refunderet/tilbakebetalt/zwrócono/zwrócone/vráceno"],
        Policy = ["återbetalningspolicy/återbetalningsvillkor/returpolicy/refusionspolitik/returpolitik/tilbagebetalingspolitik/returpolitikk/angrerett", "返金ポリシー", "返金規定", "返金条件", "polityka/politykę/zasady/warunki zwrotów/zwrotu", "iade politikası/koşulları/şartları"],
        Status = ["status ~ återbetalning/tilbagebetaling/tilbakebetaling/refusion/zwrotu", "返金状況", "返金の状況"],
        Beside = ["på förhand", "på forhånd", "z góry", "skatteåterbäring"],
        Asks =
        [
            "vill/önskar", "skulle vilja", "snälla/vänligen/begär/kräver/behöver", "jag vill ha", "vil ~ gerne", "vil/ønsker/anmoder/kræver/krever/venligst/vennligst", "kan i/dere/ni/du ~ @refund", "ber om/ber ni", "proszę/poproszę/prosimy/chcę/chciałbym/chciałabym/żądam/wnoszę/domagam", "prosím/žádám/chci/chtěl/chtěla/požaduji", "istiyorum/lütfen/rica/talep/isterim", "お願い", "希望", "ください", "下さい", "たい", "頂け", "いただけ", "要求", "希望", "申请", "我要", "我想要", "请 @refund", "请给我", "请尽快", "haluan/haluaisin/pyydän/vaadin/toivon", "^ @refund $",
        ],
        Wonders = ["hur/hvordan/hvordan/jak/nasıl ~ @refund", "kan jag/jeg/eg ~ @refund", "är/er det ~ möjligt/muligt/mulig ~ @refund", "czy mogę/można ~ @refund", "mogu ~ @refund", "できますか", "可能ですか", "alabilir miyim"],
        Declines = ["inte ~ @refund", "ingen ~ @refund", "ikke ~ @refund", "nie ~ chcę/żądam/potrzebuję ~ @refund", "zamiast ~ @refund", "istället för ~ @refund", "i stedet for ~ @refund", "nechci ~ @refund", "不要 @refund", "不需要 @refund", "不用 @refund", "取消 @refund", "en halua ~ @refund", "ei ~ @refund", "@refund は不要", "@refund ではなく", "@refund は必要", "@refund じゃなく", "iade istemiyorum", "nie ~ @refund", "místo ~ @refund"],
        AsksRules = ["hur lång/länge ~ @refund", "hvor lang/lenge/længe ~ @refund", "jak długo ~ @refund", "ile ~ trwa ~ @refund", "w jakich ~ @refund", "erbjuder ni ~ @refund", "tilbyder i ~ @refund", "tilbyr dere ~ @refund", "@refund について", "@refund のポリシー", "@refund の方法", "@refund ~ 教えて", "@refund 政策", "@refund 规定", "@refund 流程", "@refund 多久", "@refund 需要多", "如何 @refund", "怎么 @refund", "能 @refund 吗", "可以 @refund 吗", "kuinka ~ @refund", "miten ~ @refund", "@refund までどのくらい", "@refund はどのくらい", "@refund してもらえますか", "どのような場合", "いつまで", "jak dlouho ~ @refund", "ne kadar sürer"],
        Follows = ["var är ~ @refund", "hvor er/bliver/blir ~ @refund", "när ~ kommer ~ @refund", "hvornår ~ kommer ~ @refund", "når ~ kommer ~ @refund", "inte ~ fått ~ @refund", "ikke ~ fått/fået/modtaget/mottatt ~ @refund", "väntar ~ @refund", "venter ~ @refund", "gdzie ~ @refund", "kiedy ~ @refund", "czekam ~ @refund", "nie otrzymałem/otrzymałam/dostałem/dostałam ~ @refund", "kde je ~ @refund", "kdy ~ @refund", "čekám ~ @refund", "nerede ~ @refund", "@refund 进度", "@refund 到哪", "@refund 什么时候", "什么时候 ~ @refund", "没有收到 @refund", "没收到 @refund", "@refund 还没", "missä ~ @refund", "milloin ~ @refund", "odotan ~ @refund", "@refund ei ~ ", "まだ @refund", "@refund がまだ", "@refund はまだ", "@refund はいつ", "@refund されて", "@refund が届"],
        Past = ["tack ~ för ~ @refund", "tak ~ for ~ @refund", "takk ~ for ~ @refund", "dziękuję ~ za ~ @refund", "děkuji ~ za ~ @refund", "谢谢 ~ @refund", "收到 @refund", "已经 @refund", "已 @refund", "@refund 已", "@refund 到账", "kiitos ~ @refund", "@refund ありがとう", "@refund を確認", "@refund して頂き", "@refund していただき"],
        Conditions = ["om ~ inte", "ifall", "hvis", "dersom", "jeśli", "jeżeli", "pokud", "jestli", "jinak", "annars", "ellers", "もし", "如果", "要是", "jos/mikäli", "場合は", "なければ"],
        NoConditions = ["om möjligt", "hvis muligt/mulig", "jeśli to możliwe", "jeśli możliwe", "pokud možno", "hvis i/du/dere ~ brug/spørgsmål/trenger", "もし可能"],
        Others = ["min vän/ven/venn/kollega/kompis ~ @refund", "mój/moja kolega/koleżanka/przyjaciel ~ @refund", "můj kamarád ~ @refund"],
        Open = ["@refund eller ~ ny/byte/ombyte/bytte", "byte/bytte/ny ~ eller ~ @refund", "lub ~ @refund", "@refund lub", "albo ~ @refund", "@refund albo", "kanske/måske/kanskje/może/možná ~ @refund", "@refund または", "@refund か交換", "交換または", "交換か"],
        UnderWay = ["skickade/skickat ~ tillbaka", "sendt ~ tilbage/tilbake", "odesłałem/odesłałam/zwróciłem/zwróciłam", "lovade/lovet/obiecali/slíbili", "返品済み", "返送しました"],
        Threats = ["min bank", "advokat", "adwokat/prawnik/sąd", "właścicielka/banku", "právník/soud", "avukat/mahkeme", "弁護士", "警察", "消費者センター", "konsumentverket/forbrugerrådet/forbrukerrådet"],
        Disputed = ["チャージバックを申請しました"],
        Part = ["delvis/delvist/del", "mellanskillnaden/skillnaden/differencen/forskellen/forskjellen", "częściowy/częściowego/część/różnicę/różnicy", "frakt/fragt/frakten/fragten", "för mycket", "for meget/mye", "一部", "差額", "送料", "část/rozdíl"],
        Whole = ["hela/hele/fuld/full/fulla/fulle", "całość/całości/całą/pełny/pełnego", "全額", "celou/celé/plné"],
        InsteadOf = ["istället", "i stedet", "zamiast", "místo", "代わりに", "ではなく"],
        Half = ["hälften/halvdelen/połowę/połowy/polovinu", "半額"],
        Reasons = new Dictionary<RefundReason, IReadOnlyList<string>>
        {
            [Unrecognised] = ["känner inte igen", "genkender ikke", "nie rozpoznaję", "身に覚え"],
            [Duplicate] = ["två gånger", "dubbelt", "to gange/ganger", "dobbelt", "dwa razy/dwukrotnie/podwójnie", "dvakrát", "二重", "2回", "iki kez/kere"],
            [NotReceived] = ["inte ~ kommit/fått/anlänt/levererats", "aldrig ~ kommit/fått/kom", "ikke ~ kommet/ankommet/modtaget/mottatt", "aldrig ~ modtaget", "nie ~ dotarła/dotarło/dotarł/otrzymałem/otrzymałam/przyszła", "nedorazil/nedorazila/nepřišel", "届いて", "届きません", "届かない", "gelmedi/ulaşmadı"],
            [Defective] = ["trasig/trasigt/sönder/skadad/skadat/defekt", "ødelagt/beskadiget/skadet", "uszkodzony/uszkodzona/uszkodzone/zepsuty/zepsuta/wadliwy", "rozbitý/poškozený/nefunguje", "壊れ", "不良", "破損", "bozuk/kırık"],
            [NotAsDescribed] = ["fel storlek/färg/vara", "forkert/feil", "niezgodny/niezgodne", "違う", "yanlış"],
            [Cancelled] = ["avbeställ*/avbokat/annullerat/avbröt", "annulleret/afbestilt/avbestilt/opsagt", "anulowałem/anulowałam/anulowane/anulować/rezygnuję", "キャンセル", "解約", "iptal"],
            [ChangedMind] = ["ångrat/ångrar/ångerrätt", "fortrudt/angret/angrer", "odstąpienie/odstępuję/rozmyśliłem/rozmyśliłam", "za duży/mały", "サイズ", "気が変わ"],
        },
    };
}
