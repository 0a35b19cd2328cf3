namespace Orchestrator.Agents.Understanding.Rules.Safety;

/// <summary>What a customer who writes about a purchase of theirs does not say, in languages other than English.</summary>
internal static class SuspectPhrasesAbroad
{
    public static readonly IReadOnlyList<string> Deciding =
    [
        // German
        "genehmig*", "freigegeben/freigabe/freigeben/freizugeben/freigibt", "geben/gibt/gebe ~ frei", "bewillig*", "zugestimmt/zustimmung/zustimmen", "abgesegnet/abgenickt/abgezeichnet", "autorisier*", "grünes licht", "einverständnis", "geschäftsführ*", "geschäftsleitung", "vorgesetzt*", "ihr/euer/mein/der/unser/ihrem/eurem/vom chef", "chefin", "abteilungsleit*", "filialleit*", "teamleit*", "buchhaltung/finanzabteilung", "vorstand", "manager/managerin", "prüfung/kontrolle/freigabe/rückfrage ~ entfällt/erübrigt/unnötig/überflüssig", "ohne ~ prüfung/prüfen/rückfrage/rückfragen/nachfrage/nachfragen/kontrolle/bestätigung/umwege/freigabe", "keine/keiner ~ prüfung/rückfrage/rückfragen/nachfrage/kontrolle/bestätigung", "nicht ~ nachfragen/prüfen/rückfragen/überprüfen", "niemand/niemanden/keinen/keiner ~ fragen/einbeziehen/prüfen/anschauen/mehr", "mensch/menschen/menschlich*", "vier-augen", "bereits/schon ~ geprüft/kontrolliert/abgeklärt", "obergrenze/limit/schwellenwert", "ausnahme",
        // French
        "approuv*", "approbation*", "autoris*", "valide/validez/validée/validation", "directeur/directrice/gérant/gérante/patron/patronne/hiérarchie/comptabilité/responsable", "la/votre direction", "votre/le/mon/du chef", "son/leur/votre accord", "accord de/du/donné", "donné ~ accord/feu", "feu vert", "inutile ~ vérifier/demander/contrôler/attendre", "pas besoin ~ vérifier/demander/contrôler/validation", "sans ~ vérifier/vérification/contrôle/demander/validation/attendre/questions", "humain/humaine/humains", "plafond", "personne d autre", "dérogation",
        // Spanish
        "aprobad*", "aprobó/aprobar/aprueba/apruebe/aprueben/aprobación", "autoriz*", "gerente/gerencia/jefe/jefa/jefes/supervisor/supervisora/director/directora", "visto bueno", "luz verde", "liberad*", "libere/libera/liberen/liberar", "sin ~ verificar/revisar/revisión/preguntar/comprobar/consultar/esperar", "no ~ necesario/falta ~ verificar/revisar/preguntar/comprobar", "humano/humana/humanos", "revisado/revisada por", "límite", "excepción", "dado/dio ~ permiso",
        // Italian
        "approv*", "autorizz*", "direttore/direttrice/responsabile/dirigente/amministratore", "via libera", "nulla osta", "benestare", "senza ~ verificare/verifica/controllare/controllo/chiedere/passare/operatore/aspettare/domande", "non serve/occorre ~ verificare/controllare/chiedere", "umano/umana/umani", "limite", "eccezione", "operatore/operatrice", "sbloccato/sbloccata/sbloccare",
        // Portuguese
        "aprovad*", "aprovou/aprovar/aprove/aprovação/aprovem", "gerente/gerência/chefe/diretor/diretora/diretoria/gestor/gestora", "liberou/liberar/libere/liberação/liberam", "sinal verde", "sem ~ verificar/verificação/perguntar/conferir/conferência/análise/analisar", "não ~ precisa/necessário ~ verificar/perguntar/conferir/analisar", "exceção",
        // Dutch
        "goedgekeurd/goedkeuren/goedkeuring", "keur/keurt ~ goed", "toestemming", "leidinggevende/directie/directeur/baas/afdelingshoofd/bedrijfsleider", "is/zijn/ga/gaat akkoord", "akkoord gegeven/van", "geautoriseerd/autoriseren", "vrijgegeven/vrijgeven", "groen licht", "zonder ~ controle/controleren/vragen/overleg/nakijken", "controle/check ~ over/overslaan/overbodig", "niemand ~ vragen", "mens/mensen/menselijk*", "uitzondering",
        // Polish, Czech
        "zatwierd*", "zaakceptow*", "autoryz*", "kierowni*", "przełożon*", "dyrektor*", "prezes*", "szef*", "zgodę ~ wyraził/wydał/dał", "wyraził/wydał/dał ~ zgodę", "zielone światło", "bez ~ sprawdzania/pytania/weryfikacji/kontroli/zgody", "człowiek*", "schvál*", "vedoucí/ředitel/nadřízený", "bez ~ kontroly/ověření",
        // Swedish, Danish, Norwegian, Finnish
        "godkän*", "godkend*", "godkjen*", "chefen/sjef/sjefen/ledelsen/ledningen/direktör/direktør", "auktoriser*", "autoriser*", "klartecken", "grönt/grønt ljus/lys", "utan/uden/uten att/at/å? ~ kontroll/kontrol/fråga/spørge/spørre/kolla/granska/sjekke/tjekke", "människa/menneske*", "hyväksy*", "esimies/johtaja/päällikkö", "ilman tarkistusta/tarkastusta/kysymyksiä", "ihminen/ihmisen",
        // Turkish, Hungarian, Romanian
        "onayla*", "onay/onayı/onaysız", "müdür*", "yönetici*", "kontrol etmeden", "sormadan", "jóváhagy*", "főnök*", "aprobat/aprobată", "fără verificare/aprobare",
        // Japanese, Chinese, Korean, Russian
        "承認", "許可", "確認なし", "確認せず", "確認不要", "管理者", "責任者", "上司", "部長", "社長", "マネージャー", "審査", "批准", "审核", "审批", "经理", "主管", "授权", "无需", "人工", "승인*", "одобр*", "утвержд*", "разреш*", "директор*", "менеджер*", "начальник*", "без ~ проверки/подтверждения/вопросов",
    ];

    public static readonly IReadOnlyList<string> Software =
    [
        "roboter", "bots", "algorithmus", "assistent*", "sprachmodell*", "automatisch*", "automatisiert*", "automatisier*", "künstliche intelligenz", "wenn/falls/bist/sind du/sie .. programm/maschine/computer/software/automat/modell", "robot/robots/robota/robocie", "robô/robôs", "roboty", "algorithme/algoritmo/algoritme/algorytm/algoritm", "assistant*", "assistent*", "asistente/asistentes/assistente/assistenti/asystent*", "automatique/automatiquement/automatisé*", "automatiz*", "automático/automáticamente/automatica/automático/automaticamente/automatico", "automatycz*", "automatisk*", "logiciel", "intelligence artificielle", "inteligencia/inteligência/intelligenza artificial/artificiale", "modèle/modelo/modello/taalmodel de/linguistico", "jesteś ~ programem/botem/modelem", "si/se/als/jeśli/om/hvis ~ programme/programma/programa/program/programem/machine/máquina/macchina",
        "ia/ki/sztuczn* assistant/agent/agente/asistente/inteligencj*", "système/sistema/systeem/systemet/systemie/systemu/system", "アシスタント", "エーアイ", "ボット", "ロボット", "自動", "システム", "助手", "机器人", "人工智能", "系统", "自动", "模型", "бот/робот/алгоритм/ассистент/помощник/система/программа", "tekoäly*", "avustaja*", "yapay zeka", "asistan*",
    ];

    public static readonly IReadOnlyList<string> Steering =
    [
        "du bist/sie sind/tu es/eres/sei/você é jetzt/nun/maintenant/ahora/ora/agora", "tout ce que je/j", "todo lo que", "tutto quello che", "alles was ich", "quiero que respondas/actúes/hagas/seas", "como si fueras/fuera", "comme si tu/vous", "als ob/wärst du/sie", "come se fossi", "come fosse", "wie ein", "zur zahlung/auszahlung", "sachlich ~ richtig", "bon à payer", "prova/test interna/interno", "comunicado/comunicação interno/interna", "testbericht/testnachricht/testmail", "technische dienst", "fachabteilung", "service comptable", "dueño/proprietario/propriétaire/inhaber/eigenaar", "ignorier*", "überspring*", "vergiss/vergessen ~ alles/regeln/anweisung*/bisher*", "stell/stellen dir/sie vor/vor?", "tu so", "übersetz*", "anweisung/anweisungen/befehl/befehle", "setze/setz/erhöhe/wähle/markiere/verdopple", "verrat/verraten/erzählen ~ niemand*", "unter uns", "gilt/gelten als", "wer/was ~ liest/bearbeitet", "mit dem lesen", "ich weiß/weiss wo",
        "ignorez/ignore/ignorer", "oubliez/oublie", "imaginez/imagine", "traduisez/traduis/traduire", "exécut*", "entre nous", "consigne/consignes", "faites comme si", "vaut/équivaut acceptation/accord", "choisissez/choisis/augmente/augmentez/marquez/marque le/la/comme",
        "ignora/ignorar/ignoren", "olvida/olvide/olvídate", "imagina/imagine que", "traduce/traduzca/traducir", "ejecut*", "entre nosotros", "instrucción/instrucciones", "marca/marque/marcar ~ caso/como", "sube/aumenta/elige/selecciona/pon el/la/importe",
        "dimentica/dimenticate", "immagina/immaginate", "traduci/traducete", "esegui/eseguite/eseguire", "tra noi", "istruzione/istruzioni", "segna/segnate/imposta/aumenta/scegli il/la/come", "sei un/una", "conferma/confermi/confermate subito",
        "esqueça/esquece", "traduza", "executar/execute/executa", "entre nós", "instrução/instruções", "é só executar/pagar/liberar", "marque/marca como",
        "negeer*", "vergeet", "stel je/u voor", "vertaal", "voer ~ uit", "onder ons", "instructie/instructies", "sla ~ over", "zet/verhoog/kies/markeer het/de/bedrag", "aan de/het robot/systeem/computer/lezer", "je/u bent een", "zignoruj/ignoruj/pomiń", "zapomnij", "wykonaj", "między nami", "polecenie/polecenia/instrukcj*", "jeśli jesteś", "hoppa över", "spring over", "hopp over", "glöm/glem ~ allt/alt/regl*", "instruktion/instruktioner/instruks*", "unohda", "talimat*", "指示", "命令", "無視", "忽略", "指令", "忘记", "игнорир*", "забудь*", "инструкци*", "никого не",
    ];

    public static readonly IReadOnlyList<string> Beyond =
    [
        "anderes/neues/folgendes/anderen/neuen konto", "andere/neue/folgende karte/bankverbindung/iban/kontoverbindung", "bankverbindung/kontonummer", "alle/aller/allen/sämtliche ~ bestellungen/aufträge/zahlungen", "jede ~ bestellung/zahlung", "meines/meiner/seiner/ihrer/dem ~ nachbarn/nachbarin/freundes/freundin/kollegen/kollegin/schwester/bruders", "zusätzlich ~ @amount", "schmerzensgeld/schadensersatz/schadenersatz/entschädigung", "doppelte/dreifache/zehnfache", "passwort/passwörter/kennwort", "mail-adresse/e-mail-adresse/adresse ~ ändern/ändere", "andere/anderer/anderen kunden/kunde",
        "autre/nouveau/nouvelle compte/carte/rib/iban", "compte/carte/rib/iban ~ autre/nouveau/nouvelle", "mon/nouveau/voici rib", "toutes ~ commandes", "chaque commande", "commande de mon/ma ~ voisin/voisine/ami/amie/collègue/soeur/frère", "dommages ~ intérêts", "dédommagement", "mot de passe", "autre/autres client/clients", "double/triple du/de",
        "otra/nueva/otro/nuevo cuenta/tarjeta", "cuenta/tarjeta ~ otra/nueva", "todos/todas ~ pedidos/compras/cargos", "pedido de mi/un ~ vecino/vecina/amigo/amiga/hermano/hermana", "indemnización/compensación", "contraseña", "otro/otros cliente/clientes", "el doble",
        "altro/nuovo/altra/nuova conto/carta", "conto/carta ~ altro/nuovo/diverso", "tutti/tutte ~ ordini/acquisti", "ordine del/della mio/mia", "risarcimento", "password", "altro/altri cliente/clienti", "il doppio",
        "outra/nova/outro/novo conta/cartão", "conta/cartão ~ outra/nova", "todos ~ pedidos", "pedido do meu/da minha", "indenização/indemnização", "senha", "outro/outros cliente/clientes",
        "andere/nieuwe rekening/kaart", "rekeningnummer", "alle ~ bestellingen", "bestelling van mijn", "namens", "schadevergoeding", "wachtwoord", "andere klant/klanten", "inne/nowe/nowy/inny konto/rachunek", "numer konta", "wszystkie ~ zamówienia", "zamówienie ~ sąsiada/kolegi/siostry/brata", "odszkodowanie", "hasło", "annat/andet/annen/nytt/ny konto/kort", "alla/alle ~ ordrar/ordrer/beställningar/bestillinger", "skadestånd", "別の口座", "口座番号", "全ての注文", "すべての注文", "其他账户", "所有订单", "银行卡号",
    ];
}
