using static Orchestrator.Agents.Understanding.RefundReason;

namespace Orchestrator.Agents.Understanding.Rules.Vocabularies;

internal static class Portuguese
{
    public static readonly Vocabulary Words = new()
    {
        Refund = ["estorn*/ressarc*", "devolv*/restitu* ~ dinheiro/valor/montante/quantia/@amount", "reembolso/reembolsos/reembolsar/reembolsar-me/reembolsem/reembolse/reembolsem-me/ressarcimento/ressarcir/ressarçam/estorno/estornos/estornar/estornem/estorne/restituição/restituir/restituam", "devolução ~ dinheiro/valor/pagamento/montante/quantia/@amount", "devolver/devolvam/devolva/devolvam-me/devolver-me/devolvem/receber/recuperar/retornar/reaver ~ dinheiro/valor/montante/quantia/@amount", "dinheiro/valor ~ de volta", "dinheiro ~ volta", "volta ~ dinheiro", "@amount ~ de volta", "dinheiro ~ devolvido", "reverter/cancelar ~ cobrança/débito/pagamento/transação", "creditar/creditem ~ cartão/conta", "devolvam o meu", "devolvam-me"],
        Refunded = ["reembolsado/reembolsada/reembolsados/reembolsaram/estornado/estornada/ressarcido/ressarcida/devolvido ~ dinheiro/valor", "restituído/restituída"],
        Policy = ["política/políticas/condições/regras/prazo/prazos/termos ~ de/do reembolso/reembolsos/devolução/devoluções/estorno", "política ~ reembolso/reembolsos/devolução/devoluções", "reembolsável/reembolsáveis", "garantia de devolução/reembolso"],
        Status = ["estado/status/situação/andamento/ponto ~ reembolso/reembolsos/estorno/devolução"],
        Beside = ["restituição ~ imposto/ir/renda", "seu reembolso ~ aguarda/disponível", "desde já", "antecipadamente"],
        Asks = ["quero/queremos/queria/gostaria/gostaríamos/desejo/desejamos", "peço/pedimos/pedir/solicito/solicitamos/solicitar/solicitação", "pedido de", "exijo/exigimos/reclamo/requeiro/requisito", "preciso/precisamos/necessito", "por favor", "por gentileza", "agradeço/agradecia/agradeceria/agradecemos", "podem/poderiam/pode/poderia ~ @refund", "espero/aguardo ~ o/um @refund", "façam/faça/efetuem/procedam/proceder/efetuar/providenciar/providenciem ~ @refund", "^ @refund $", "^ @refund da/do/de", "^ pedido ~ @refund", "^ solicitação ~ @refund", "ser @refunded", "seja @refunded", "devolvam-me/reembolsem-me", "insisto", "venho ~ @refund", "^ devolvam"],
        Wonders = ["como/onde/que ~ obter/pedir/solicitar/receber/posso/consigo/faço/ter ~ @refund", "como ~ @refund", "é/seria possível", "posso/poderia/podemos/consigo ~ @refund", "quando ~ recebo/receberei/vou ~ @refund", "não sei ~ @refund", "ajuda/ajudar ~ @refund", "há ~ possibilidade/forma/maneira ~ @refund", "quando ~ serei @refunded"],
        Declines = ["não ~ quero/preciso/peço/desejo/pretendo/solicito/busco ~ @refund", "não @refund", "não um/o @refund", "nenhum @refund", "em vez ~ @refund", "ao invés ~ @refund", "em lugar ~ @refund", "sem ~ @refund", "e não ~ @refund", "não é necessário ~ @refund", "já não ~ @refund", "prefiro ~ a/do que ~ @refund", "cancelar/anular ~ pedido ~ de @refund", "não ~ meu dinheiro"],
        AsksRules = ["em que/quais/qual caso/casos/situação/situações/circunstâncias/condições ~ @refund", "sob quais/que ~ @refund", "qual/quais é/são ~ @policy", "quais são ~ @refund", "quanto tempo ~ @refund", "quantos dias ~ @refund", "qual ~ prazo ~ @refund", "como funciona/funcionam ~ @refund", "vocês/oferecem/fazem/aceitam/dão ~ oferecem/fazem/aceitam/dão ~ @refund", "oferecem/fazem/aceitam/têm ~ @refund/@policy", "condições/requisitos/prazo/prazos ~ @refund", "informações/informação/dúvida/pergunta ~ sobre ~ @refund", "se pode ~ @refund", "antes de comprar/encomendar", "tenho direito ~ @refund", "o que acontece ~ @refund", "se ~ posso ~ @refund"],
        Follows = ["onde está/anda ~ @refund", "cadê ~ @refund", "quando ~ meu/o @refund", "quando ~ chega/cai ~ @refund", "não ~ recebi/recebido/chegou/caiu/vi ~ @refund", "ainda ~ @refund/@refunded", "continuo ~ espera/aguardar ~ @refund", "aguardando/esperando ~ @refund", "espera ~ do ~ @refund", "@refund ~ não ~ chegou/recebido/caiu/apareceu/ainda/foi", "@refund ~ pendente/prometido/aprovado/confirmado/solicitado/pedido", "prometeram/confirmaram/disseram/garantiram ~ @refund/@refunded", "rastrear/acompanhar/verificar/consultar ~ @refund", "novidades/notícias/atualização ~ @refund", "pedi/solicitei ~ @refund ~ há", "nunca ~ @refund/@refunded", "não ~ fui/foi ~ @refunded", "já foi ~ @refund", "que é feito ~ @refund"],
        Past = ["obrigado/obrigada ~ por/pelo ~ @refund", "obrigado/obrigada ~ por ~ @refunded", "me @refunded", "fui/foi ~ @refunded", "já ~ @refunded", "já ~ recebi ~ @refund", "recebi ~ @refund", "@refund ~ caiu/chegou"],
        Conditions = ["^ se", ", se", "e se", "mas se", "reembolso se", "caso", "senão", "do contrário", "caso contrário", "a menos", "a não ser", "talvez", "eventualmente"],
        NoConditions = ["se possível", "se for possível", "se puderem/puder/pudessem", "se precisarem/precisar/necessário/tiverem", "saber/dizer/confirmar/verificar/informar se", "caso precisem/necessitem/tenham", "mesmo se", "neste/nesse caso"],
        Others = ["meu/minha/um/uma amigo/amiga/vizinho/vizinha/colega/mãe/pai/irmão/irmã/marido/mulher/esposa/chefe/cliente ~ @refund/@refunded", "outros clientes ~ @refund/@refunded"],
        Open = ["@refund ou ~ troca/substituição/trocar/vale", "troca/substituição/trocar/substituir/vale/reparação ~ ou ~ @refund", "ou ~ reembolso ou", "talvez ~ @refund", "para que ~ @refund", "quem quer ~ @refund", "recusam/recusaram/recusado/negaram/negado ~ @refund", "@refund ~ recusado/negado", "por engano ~ @refunded", "não tenho certeza ~ @refund", "fiquem ~ dinheiro"],
        UnderWay = ["devolvi/enviei ~ há", "há ~ semanas/dias/meses ~ devolvi/cancelei/enviei", "já ~ devolvi/cancelei", "devolução ~ recebida/aceite/aceita/confirmada", "me disseram/prometeram/confirmaram", "disseram-me/prometeram-me", "dias úteis"],
        Threats = ["meu banco", "o banco", "advogado/advogada", "medidas/ações legais/judiciais", "processo/tribunal/justiça/processar", "procon", "reclame aqui", "livro de reclamações", "deco", "contestar/contestação ~ cobrança/compra/cartão/banco/pagamento", "chargeback", "polícia"],
        Disputed = ["já ~ contestei", "contestei ~", "abri ~ disputa", "banco ~ já ~ @refunded"],
        Part = ["parcial/parcialmente", "parte", "diferença", "a mais", "portes/frete/envio", "só/somente/apenas ~ de/do/da", "um/uma dos/das", "resto/restante", "dos ~ @amount", "desconto", "por cento", "excedente"],
        Whole = ["total/totalidade/totalmente", "integral/integralmente", "completo/completa/inteiro", "todo/tudo"],
        InsteadOf = ["em vez", "ao invés", "em lugar", "deveria/devia ser", "combinado/anunciado/acordado"],
        Half = ["metade"],
        Reasons = new Dictionary<RefundReason, IReadOnlyList<string>>
        {
            [Unrecognised] = ["não reconheço", "não ~ autorizei/autorizada/autorizado", "nunca ~ comprei/pedi/autorizei", "fraude/fraudulento/fraudulenta", "cobrança desconhecida"],
            [Duplicate] = ["duas vezes", "duplicado/duplicada/duplicidade", "em dobro", "2 vezes", "três vezes"],
            [WrongAmount] = ["a mais", "valor errado/incorreto", "@amount ~ em vez", "em vez ~ @amount", "diferença"],
            [NotReceived] = ["não/nunca ~ chegou/recebi/chegaram/entregue/recebida/recebido", "perdido/perdida/extraviado/extraviada", "falta/faltam/faltava"],
            [Defective] = ["partido/partida/quebrado/quebrada/quebrados", "defeituoso/defeituosa/defeito", "danificado/danificada", "não funciona/funcionam/liga", "avariado/avariada/estragado/estragada"],
            [NotAsDescribed] = ["não ~ corresponde", "errado/errada/errados", "diferente", "falso/falsificado/contrafação"],
            [Cancelled] = ["cancelar/cancelei/cancelado/cancelada/cancelamento", "anulei/anulado", "assinatura/subscrição", "renovação/renovado/renovada"],
            [Returned] = ["devolvi", "enviei de volta", "já devolvi"],
            [ChangedMind] = ["mudei de ideia/ideias", "arrependi/arrependimento", "não ~ serve/gostei/gosto", "pequeno/pequena/pequenos/grande/grandes/apertado", "já não ~ preciso", "por engano"],
        },
    };
}
