using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>What a mail asks for politely besides the refund: help and an answer are expected, anything else is for a person.</summary>
internal static class OtherRequests
{
    private const int FewestWords = 4;

    private static readonly PhraseSet Polite = new(["please/kindly/pls/plz", "bitte", "svp", "s il vous/te plaît", "veuillez", "por favor", "per favore/cortesia", "alstublieft/alsjeblieft/graag", "proszę", "prosím", "snälla/vänligen/venligst/vennligst"]);

    private static readonly PhraseSet Expected = new(
    [
        "help/assist/advise/confirm/check/contact/reply/answer/respond/see/look/tell/inform/sort/resolve/fix/excuse/forgive/note/call/arrange/cancel/deal/explain/understand/accept/apologies/return/reverse/credit/attached/enclosed/know/investigate/solve/back/write/correct/end/stop/collect/act/something/replace/hurry/be", "i/we/me/us",
        "melden/melde/meldet/helfen/hilf/helft/bescheid/antworten/antwort/prüfen/rückmeldung/informieren/mitteilen/teilen/sagen/schreiben/kümmern/entschuldigen/stornieren/bestätigen/bestätigung/um/schnell/bald", "réponse/répondre/répondez/aider/aidez/contacter/savoir/dire/indiquer/confirmer/agréer/excuser/annuler/trouver/recevoir/accepter/croire/tenir", "ayuda*/respond*/respuesta/contest*/confirm*/inform*/avis*/díganme/dime/cancel*/solucion*", "rispond*/risposta/aiut*/conferm*/sapere/dite/contatt*/annull*/risolv*", "help*/antwoord*/reageer/reactie/weten/bevestig*/contact/hoor/annuleren", "ajud*/respond*/resposta/confirm*/inform*/avis*/cancel*/resolv*", "odpowiedź/pomoc/kontakt/informację/o", "svar/hjälp/hjælp/hjelp/återkom/kontakt",
    ]);

    public static bool AreIn(IReadOnlyList<SentenceReading> body) =>
        body.Any(s => s.Stance is not (Stance.Asks or Stance.Wonders) && s.Words.Count >= FewestWords && Polite.IsIn(s.Words) && !Expected.IsIn(s.Words));
}
