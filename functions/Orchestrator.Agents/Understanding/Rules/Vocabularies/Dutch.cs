using static Orchestrator.Agents.Understanding.RefundReason;

namespace Orchestrator.Agents.Understanding.Rules.Vocabularies;

internal static class Dutch
{
    public static readonly Vocabulary Words = new()
    {
        Refund = ["terugbeta*/terugstort*/terugboek*", "terugbetaling/terugbetalingen/terugbetalen/terugbetaal/restitutie/restitueren/terugstorting/terugstorten/terugboeken/terugboeking/creditering/vergoeding/vergoeden/schadevergoeding/geldteruggave/teruggave", "mijn/ons/het/m'n/mn geld/bedrag/centen ~ terug", "geld/bedrag/aankoopbedrag ~ terug", "geld terug", "geld/bedrag ~ terugkrijgen/terughebben/terugzien/terugvragen/terugontvangen/teruggeven", "terugkrijgen/terugvorderen ~ geld/bedrag/@amount", "betaal/betaalt/betalen/stort/storten/boek/boeken/geef/geven/maak/maken/stuur ~ terug", "@amount ~ terug", "@amount ~ terugkrijgen/terughebben/terugvragen", "terugkrijgen/terugvorderen", "afschrijving/betaling/transactie ~ ongedaan/terugdraaien", "terugdraaien ~ betaling/afschrijving"],
        Refunded = ["terugbetaald/teruggestort/teruggeboekt/gerestitueerd/vergoed/gecrediteerd"],
        Policy = ["terugbetalingsbeleid/restitutiebeleid/retourbeleid/terugbetalingsvoorwaarden/retourvoorwaarden/terugbetaalbeleid/restitutievoorwaarden", "beleid/voorwaarden/regels ~ voor/over/rond/omtrent ~ terugbetaling/terugbetalingen/restitutie/restituties", "niet-goed-geld-terug", "niet goed geld terug", "geld-terug-garantie/geldteruggarantie/niet-goed-geld-terug-garantie", "geld terug garantie"],
        Status = ["status/stand/voortgang ~ terugbetaling/restitutie/terugstorting", "terugbetalingsstatus"],
        Beside = ["belastingteruggave/belastingteruggaaf", "uw terugbetaling ~ klaar/wacht", "alvast/vooraf bedankt", "bij voorbaat"],
        Asks = ["wil/willen/wou/wilde", "zou ~ willen", "zou ~ graag", "graag", "verzoek/verzoeken", "vraag/vragen ~ om", "aub/alstublieft/alsjeblieft/svp", "eis/eisen", "sta erop", "nodig", "kunt/kun/kunnen/zou/zouden u/je/jullie", "verwacht/verwachten", "hoop/hopen", "aanvragen/aanvraag", "aan te vragen", "gelieve", "dien ~ in", "^ @refund $", "^ @refund bestelling/van/voor/order", "^ verzoek ~ @refund", "^ aanvraag ~ @refund", "^ mijn geld", "moet ~ @refund", "wens/wensen", "verlang", "doe mij", "stort/betaal/boek/geef ~ @refund"],
        Wonders = ["hoe/waar/wat ~ krijg/kan/vraag/moet/ontvang ~ @refund", "is/zou het ~ mogelijk", "kan/mag/kunnen ik/we/wij ~ @refund", "wanneer krijg/ontvang ik ~ @refund", "weet niet ~ @refund", "hulp/helpen/help ~ @refund", "bestaat ~ mogelijkheid", "mogelijkheid ~ @refund", "krijg ik ~ @refund"],
        Declines = ["geen ~ @refund", "niet ~ @refund ~ maar", "hoef/wil/hoeven/willen/vraag ~ niet ~ @refund", "hoef/wil ~ mijn geld niet", "in plaats van ~ @refund", "ipv ~ @refund", "zonder ~ @refund", "niet @refund", "@refund ~ niet nodig", "zie af van ~ @refund", "liever ~ dan ~ @refund", "sluit ~ @refund", "niet meer ~ @refund", "@refund ~ hoeft niet", "hoeft niet ~ @refund/@refunded", "niet om ~ @refund"],
        AsksRules = ["in welk/welke geval/gevallen/situaties/omstandigheden ~ @refund", "onder welke ~ @refund", "wat is/zijn ~ @policy", "wat zijn ~ @refund", "hoe lang/hoelang ~ @refund", "hoeveel dagen/tijd ~ @refund", "hoe werkt/werken ~ @refund", "bieden/doen/geven/accepteren jullie ~ @refund", "biedt u ~ @refund", "voorwaarden/termijn ~ @refund", "informatie/vraag/vragen ~ over ~ @refund", "kan/krijgt men/je/klanten ~ @refund", "kun je ~ @refund ~ krijgen", "voordat ik ~ bestel/koop", "heb ik recht ~ @refund", "wat gebeurt ~ @refund", "als ~ krijg/kan ik ~ @refund", "hoe snel ~ @refund"],
        Follows = ["waar is/blijft ~ @refund", "waar ~ blijft ~ @refund", "wanneer ~ komt/wordt ~ @refund/@refunded", "wanneer ~ mijn/de @refund", "nog ~ niet ~ @refund/@refunded/ontvangen", "nog geen ~ @refund", "nog steeds ~ @refund/@refunded", "wacht/wachten ~ op ~ @refund", "@refund ~ nog niet/steeds", "@refund ~ niet ~ ontvangen/binnen/aangekomen/gekregen", "@refund ~ beloofd/toegezegd/bevestigd/goedgekeurd/aangevraagd", "beloofd/toegezegd/gezegd ~ @refund/@refunded", "nieuws/update ~ @refund", "volgen/nagaan/controleren ~ @refund", "is mijn/de @refund", "is ~ @refund ~ al ~ verwerkt/gedaan", "nooit ~ @refund/@refunded", "tot nu toe ~ @refund/@refunded", "hoe staat het ~ @refund", "zou ~ @refunded worden/krijgen"],
        Past = ["bedankt/dank/dankjewel/dankuwel ~ voor ~ @refund", "bedankt/dank ~ dat ~ @refund/@refunded", "hebt/hebben/heeft mij/me ~ @refunded", "is/zijn/werd ~ @refunded", "al ~ @refunded", "@refund ~ ontvangen/binnen/gekregen", "@refunded gekregen/ontvangen"],
        Conditions = ["als", "indien", "anders", "tenzij", "mocht", "wanneer ~ niet", "eventueel", "misschien"],
        NoConditions = ["als/indien mogelijk", "als dat/het ~ kan/mogelijk", "als u/je/jullie ~ nodig/vragen/informatie", "weten/zeggen/vragen/nagaan of", "indien nodig", "zou ~ fijn ~ als", "stel ~ op prijs als", "zowel als", "ook als", "zoals"],
        Others = ["mijn/een vriend/vriendin/buurman/buurvrouw/collega/moeder/vader/broer/zus/man/vrouw/baas/klant/kennis ~ @refund/@refunded", "andere klanten ~ @refund/@refunded"],
        Open = ["@refund of ~ vervanging/ruilen/omruilen/nieuwe/nieuw/tegoedbon/vervangend", "vervanging/ruilen/omruilen/nieuwe/tegoedbon/vervangen/reparatie ~ of ~ @refund", "ofwel ~ @refund", "misschien ~ @refund", "waarom zou ~ @refund", "wie wil ~ @refund", "weigert/weigeren/geweigerd ~ @refund", "@refund ~ geweigerd/afgewezen", "per ongeluk ~ @refunded", "niet zeker ~ @refund", "houd/hou ~ geld"],
        UnderWay = ["teruggestuurd/geretourneerd/teruggezonden", "weken/dagen/maanden geleden ~ geannuleerd/opgezegd/terug", "retour ~ ontvangen/binnen/bevestigd/aangekomen", "beloofd/toegezegd/bevestigd", "is mij ~ gezegd/beloofd", "werkdagen", "al ~ geannuleerd"],
        Threats = ["mijn/de bank", "advocaat/jurist", "juridische/gerechtelijke stappen", "rechter/rechtbank/rechtszaak/kantonrechter", "consumentenbond", "geschil/geschillencommissie", "chargeback", "aangifte", "storneren", "creditcardmaatschappij", "deurwaarder", "incasso"],
        Disputed = ["heb ~ gestorneerd", "heb ~ geschil ~ geopend", "heb ~ betwist", "heb ~ chargeback", "bank ~ al ~ @refunded"],
        Part = ["gedeeltelijk/gedeeltelijke/deels/deel", "verschil", "te veel/teveel", "verzendkosten/bezorgkosten/porto", "alleen ~ voor/van", "een van de", "resterende/rest/restant", "van de ~ @amount", "korting", "procent"],
        Whole = ["volledig/volledige", "hele/geheel/gehele", "totaal/totale/totaalbedrag", "alles/complete/compleet", "aankoopbedrag"],
        InsteadOf = ["in plaats", "ipv", "had ~ moeten zijn", "zou ~ zijn", "afgesproken/geadverteerd"],
        Half = ["helft"],
        Reasons = new Dictionary<RefundReason, IReadOnlyList<string>>
        {
            [Unrecognised] = ["herken ~ niet", "nooit ~ besteld/gekocht/goedgekeurd/toestemming", "niet ~ besteld/geautoriseerd/zelf", "fraude/frauduleus", "onbekende afschrijving", "geen toestemming"],
            [Duplicate] = ["twee keer", "dubbel/dubbele", "tweemaal", "2 keer/2x", "drie keer"],
            [WrongAmount] = ["te veel/teveel", "verkeerd/verkeerde bedrag/prijs", "@amount ~ in plaats", "in plaats ~ @amount", "verschil"],
            [NotReceived] = ["niet/nooit ~ aangekomen/ontvangen/geleverd/bezorgd/gekregen/gearriveerd", "kwijt/verloren/vermist/zoek", "ontbreekt/ontbreken", "nooit gekregen"],
            [Defective] = ["kapot/kapotte", "defect/defecte", "beschadigd/beschadigde", "werkt/werken/doet ~ niet", "stuk/gebroken/gescheurd", "gebarsten/lek"],
            [NotAsDescribed] = ["niet zoals ~", "verkeerd/verkeerde", "komt niet overeen", "anders dan", "namaak/nep"],
            [Cancelled] = ["geannuleerd/annuleren/annulering/annuleer", "opgezegd/opzeggen/opzegging", "abonnement", "verlengd/verlenging"],
            [Returned] = ["teruggestuurd/geretourneerd/teruggezonden", "retour/retourzending"],
            [ChangedMind] = ["bedacht/bedenktijd/herroep/herroeping", "bevalt/past/passen ~ niet", "te klein/groot/krap/kort", "niet meer nodig", "per ongeluk"],
        },
    };
}
