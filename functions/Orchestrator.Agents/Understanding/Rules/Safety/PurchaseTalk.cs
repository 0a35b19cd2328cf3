using Orchestrator.Agents.Understanding.Rules.Language;

namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>
/// Tells sentences of a customer about a purchase from sentences about payments and mails as such. The latter are how a mail is steered without any word
/// that commands: they are for a person unless they hold the customer, the goods or the refund that is asked for.
/// </summary>
internal static class PurchaseTalk
{
    private static readonly PhraseSet Handling = new(
    [
        "pay/pays/paying/payable/payment/payments/payout/payouts/transfer/transfers/transferred/disburse*", "money/cash/funds/refund/refunds/refunded/refunding/reimburs*", "procedure/transaction/transactions", "case/ticket/category/step/task/outcome/result/priority/confidence/verified/verification/valid/validated/trusted/resolved/cleared/eligible", "answer/respond/reply/output/confirm*", "machine/computer/reader/server",
        "zahlung/zahlungen/zahlen/auszahlung/auszahlen/ausgezahlt/anweisen/angewiesen/anweisung/überweis*/geld/erstatt*/vorgang/fall/verfahren/prüf*", "payer/payez/paiement/paiements/payé/versement/virement/rembours*/argent/dossier/traitement/statut/vérif*", "pagar/pague/paguen/pago/pagos/abonar/transferencia/reembols*/dinero/caso/trámite/estado/verific*", "pagare/pagate/paga/pagamento/pagamenti/bonifico/rimbors*/denaro/pratica/stato/procedere", "pagamento/pagamentos/pagar/reembols*/estorn*/dinheiro/caso/conferência", "betaling/betalingen/betaal/betalen/uitbetal*/terugbetal*/geld/zaak/dossier", "płatnoś*/zapłać/zapłacić/wypłać/wypłacić/wypłata/zwrot*/pieniądz*/sprawa/wniosek", "betalning*/betala/betale/betaling/utbetal*/udbetal*/återbetal*/tilbagebetal*/ärende*/sagen/saken", "maksu*/maksa*/hyvitys*", "ödeme/öde/iade", "platb*/zaplať*/vrác*",
    ]);

    private static readonly PhraseSet Customers = new(
    [
        "i/my/me/mine/myself/we/our/us/im/ive", "ich/mein/meine/meinen/meinem/meiner/mir/mich/wir/uns/unser/unsere", "je/j/mon/ma/mes/moi/nous/notre/nos", "yo/mi/mis/mio/me/nosotros/nuestro/nuestra/pagué/compré/recibí/pedí", "io/mio/mia/miei/ho/abbiamo/nostro/vorrei/chiedo/sono", "ik/mijn/mij/wij/we/ons/onze", "eu/meu/minha/meus/nos/nosso/paguei/comprei/recebi/gostaria/quero", "jag/min/mitt/mig/vi/oss/jeg/mit/meg/os", "mnie/mi/moje/mój/moja/mojego/zapłaciłem/zapłaciłam/zamówiłem/zamówiłam/kupiłem/kupiłam/proszę", "minun/minulle/haluan", "@amount", "@harmless",
        "order/orders/ordered/bought/purchase/purchased/paid/charged/billed/debited/overcharged/deliver*/arrived/arrive/receive*/parcel/package/item/items/product/goods/invoice/receipt/twice/double/broken/damaged/faulty/defective/shipping/shipment/postage/cancelled/canceled/returned/renew*/subscription/booking/wrong/missing/late/box/size", "bestell*/gekauft/bezahlt/abgebucht/geliefert/lieferung/angekommen/paket/artikel/ware/rechnung/defekt/kaputt/beschädigt/doppelt/zweimal/versand/storniert/abo/gebucht/falsch*/retour*", "command*/acheté*/facturé*/débité*/livré*/livraison/reçu*/colis/article/produit/facture/cassé*/défectu*/deux/annul*/abonnement", "pedido/pedidos/compra/compré/cobr*/llegó/entreg*/paquete/artículo/producto/factura/roto/rota/dos/cancel*/suscripción", "ordine/ordini/acquist*/addebit*/arrivat*/consegn*/pacco/articolo/prodotto/fattura/rotto/rotta/due/annull*/abbonamento", "pedido/compra/comprei/cobr*/chegou/entreg*/encomenda/produto/fatura/quebrad*/duas/cancel*/assinatura", "bestel*/gekocht/afgeschreven/geleverd/levering/pakket/artikel/product/factuur/kapot/defect/dubbel/geannuleerd/abonnement", "zamówi*/kupi*/pobran*/dostarcz*/paczk*/towar/faktur*/uszkodz*/dwa/anulowa*", "köpt*/beställ*/levere*/leverans/paket/pakken/pakke/vara*/vare*/faktura/trasig*/ødelagt/skadad/dubbelt/ordre", "tilau*/toimit*/rikki",
        "thank*/thanks/regards/sincerely/cheers/hello/hi/dear", "look* forward", "await* ~ reply/answer/response", "hear/hearing from you", "quick/prompt/fast/early/swift/speedy/soon* ~ reply/answer/response/resolution", "no/any/without ~ reply/answer/response", "reply/answer/respond ~ soon/asap/quickly/please", "danke/dank/grüße*/gruß/freundlich*/antwort/rückmeldung", "merci/cordialement/attente/salutations/bonjour", "gracias/saludos/espera/atentamente/hola", "grazie/saluti/attesa/cordiali", "obrigad*/cumprimentos/aguardo/atenciosamente", "dank/groet*/groeten/bedankt/alvast", "dziękuję/pozdrawiam", "tack/hälsningar/tak/hilsen/mvh", "kiitos/terveisin",
    ]);

    /// <summary>Whether a sentence talks about payments or mails without the customer, the goods or the wish.</summary>
    public static bool Strays(SentenceReading sentence, IReadOnlyList<Word> withoutHarmless) =>
        sentence.Stance is not (Stance.Asks or Stance.Wonders) && Handling.IsIn(withoutHarmless) && !Customers.IsIn(withoutHarmless) && !Customers.IsIn(sentence.Words)
        && !sentence.Words.Any(w => w.Text.Length > 3 && w.Text.Count(char.IsAsciiDigit) > 2);
}
