package io.engage.core.classifying;

import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of sentences that absence notices are made of, in lower case, a line or more for each
 * language. A bar ends each.
 */
final class AbsenceWords {
  /** That somebody is not there. */
  static final List<String> AWAY =
      stems(
          """
          i'm out |i am out |i am currently out|i'm currently out|out of office|
          out of the office|away from the office|away from my desk|ooo |unplugged|i am away|
          i'm away|currently away|be away|am off |i'm off |on pto|some pto|pto |well-deserved|
          time off|day off|days off|not working|unavailable|not available|out sick|off sick|
          sick leave|jury duty|sabbatical|attending a|in training|on a course|travelling|
          traveling|on leave|parental leave|maternity leave|annual leave|office is closed|
          offices are closed|we're closed|we are closed|be closed|no longer work|
          no longer with|no longer employed|have left|on vacation|on holiday|business trip|
          limited access|sporadic access|no access to|working days are|working hours are|
          offline|summer break|in meetings|limited connectivity|abroad|out of the |
          team is off|not at my desk|
          nicht erreichbar|nicht über diese|nicht im haus|nicht im büro|mal weg|geschlossen|
          fortbildung|schulung|arbeite nur|krank|ferien|urlaub|elternzeit|mutterschutz|
          nicht mehr für|nicht mehr bei|dienstreise|geschäftsreise|abwesend|außer haus|
          ausser haus|verreist|im seminar|wieder im büro|wieder persönlich|wieder für sie|
          wieder erreichbar|auf reisen|in elternzeit|
          indisponible|absent|pas au bureau|pas disponible|en formation|fermé|en congé|
          en vacances|arrêt maladie|j'ai quitté|accès limité|pas accès|temps partiel|
          en déplacement|injoignable|ne travaille pas|en séminaire|à l'étranger|pas joignable|
          ne travaille plus|ne fais plus partie|
          de vacaciones|por vacaciones|no estaré|no estoy disponible|de viaje|cerrad|
          baja médica|baja maternal|ya no trabajo|ya no formo|estaré fuera|de licencia|
          equipo vuelve|fuera de la ciudad|no tendré acceso|de descanso|ausente|
          fuera de la oficina|capacitación|de permiso|de baja|acceso limitado|sin acceso|
          in vacanza|in ferie|fuori ufficio|fuori sede|non sarò|non sono raggiungibile|
          non raggiungibile|chius|sarò in|rientrerò|rientro|fuori dall|in malattia|
          non lavoro più|in trasferta|assente|in congedo|in maternità|al momento sono|
          de férias|para férias|ausente|não estarei|indisponível|em treinamento|em formação|
          encerrad|fechad|de licença|em licença|já não trabalho|não trabalho mais|em viagem|
          fora do|em férias|não tenho acesso|fora da escritório|acesso limitado|sem acesso|
          afwezig|vakantie|niet aanwezig|niet bereikbaar|gesloten|verlof|ben ziek|werk niet|
          niet meer werkzaam|
          """);

  /** That the mail is answered later. */
  static final List<String> PROMISES =
      stems(
          """
          respond to your|will respond|write back|be answered|pick up my messages|
          pick up messages|messages on my return|respond to you|respond to all|respond to any|
          respond to mess|respond to email|respond when|respond as soon|respond upon|
          respond on|respond after|respond once|respond in due|reply to your|reply to you|
          reply to all|reply to any|reply to mess|reply to email|reply when|reply as soon|
          reply upon|reply on my|reply after|reply once|answer your|answer all|answer any|
          answer when|answer as soon|answer upon|answer on my|get back to you|follow up when|
          follow up on my|follow up upon|be answered|will be replied|read your message|
          read your email|read after|read upon|read when|next working day|
          ihre mail beantw|ihre e-mail beantw|ihre nachricht beantw|ihre anfrage beantw|
          ihre nachricht erst|ihre mail nach|ihre e-mail nach|ihre nachricht nach|
          deine nachricht nach|deine mail nach|nach meiner rückkehr|nachrichten beantworte|
          beantwortet|beantworten|nächsten arbeitstag|kümmere ich mich|anliegen wird|
          anfrage wird|wieder für sie|melden wir uns|melden uns|nächsten werktag|
          répondrai à votre|répondrons à|pas vous répondre|répondrons|répondrai dès|
          à mon retour|dès mon retour|prendrai connaissance|traiterons votre|traiterai votre|
          reviens vers vous|reviendrai vers vous|
          responderé|responderemos|contestaremos|contestará|le contestaré|contestarte|
          contestarle|contestaré|leeré su|leeré tu|atenderé su|a mi regreso|a mi vuelta|
          a la brevedad|
          risponderò|risponderemo|saranno lett|verranno lett|al mio rientro|al mio ritorno|
          alla riapertura|leggerò|
          responderei|responderemos|poderei responder|retornarei|assim que regressar|
          assim que possível|no meu regresso|no meu retorno|lerei|
          beantwoord|zal ik reageren|na terugkomst|bij terugkomst|
          """);

  /** What happens to mails meanwhile. */
  static final List<String> MAIL =
      stems(
          """
          access to email|no connectivity|limited connectivity|slow to respond|be read until|
          messages received|emails received|my inbox|mailbox is|access to e-mail|
          access to my email|access to my e-mail|access to emails|access to my inbox|
          checking email|checking my email|check my email|check email|reading email|
          read my email|emails sent|not be forwarded|not forwarded|not be read|
          no longer monitored|not monitored|not being monitored|unable to respond|
          unable to reply|delay in my|replies will be|replies may be|response may be|
          response will be|responses may be|email has been forwarded|expect a delay|
          nicht weitergeleitet|nicht automatisch weitergeleitet|
          bearbeitet oder weitergeleitet|werden weitergeleitet|wird weitergeleitet|
          nicht gelesen|e-mails nicht|mails nicht ab|keinen zugriff|zugriff auf meine|
          nicht abgerufen|diese e-mail-adresse|e-mails werden|mails werden|mail wird|
          accès à ma messagerie|accès à mes|accès limité à|ne sera pas lu|ne seront pas lu|
          ne consulterai|ne lirai|ne sera pas transféré|pas accès à|
          acceso al correo|acceso a mi correo|no leeré|no tendré acceso|sin acceso|
          no será leído|no será reenviado|no revisaré|
          accesso limitato|mail ricevute|messaggi ricevuti|senza accesso|accesso alla posta|
          accesso alle mail|leggere la posta|leggere le mail|non leggerò|non sarà inoltrat|
          non verrà inoltrat|
          acesso ao e-mail|acesso ao email|acesso aos e-mails|acesso limitado|não lerei|
          não tenho acesso|sem acesso|não será reencaminh|não será encaminh|
          geen toegang|niet doorgestuurd|niet gelezen|
          """);

  /** Whom to ask instead. */
  static final List<String> INSTEAD =
      stems(
          """
          immediate|urgent|time-sensitive|time sensitive|anything pressing|in an emergency|
          in my absence|during my absence|in the meantime please|while i am away|
          while i'm away|contact my colleague|colleague|direct all|direct any|direct your|
          all enquiries|looking after|need something|please email|please e-mail|all inquiries|
          for assistance|need assistance|need help before|can't wait|cannot wait|before then|
          is covering|has taken over|
          dringend|eilig|meinen kollegen|meine kollegin|meine kolleg|vertretung|vertritt|
          übernommen|in meiner abwesenheit|anfragen richten|zwischenzeit|erreichen sie mein|
          meine aufgaben|künftig an|anfragen bitte|übernommen|ansprechpartner|wenden sie sich|
          urgen|en mon absence|assistance immédiate|mes dossiers|cette période|mon absence|
          ma collègue|mon collègue|mes collègues|mon responsable|désormais contacter|
          vous adresser à|joindre le secrétariat|
          urgen|mi ausencia|ayuda inmediata|comunicarse con|comuníquese|escribe a|escriba a|
          contacte con|mi compañer|diríjase|dirigirse a|por favor, escriba|por favor escriba|
          puede contactar|puedes contactar|
          urgen|mia assenza|di necessità|rivolgetevi|scrivere a|contattare|collega|colleghi|
          per qualsiasi necessità|vi prego di scrivere|potete rivolgervi|rivolgersi a|
          urgên|urgen|minha ausência|favor falar|por favor fale|entre em contato com|
          favor contat|colega|por favor contacte|por favor envie|favor contatar|
          favor contactar|
          spoed|dringend|mijn collega|mijn afwezigheid|
          """);

  /** Thanks for a mail whatever it says, and how firms speak to their customers. */
  static final List<String> OPENINGS =
      stems(
          """
          thank you for your mail|thank you for your email|thank you for your e-mail|
          thank you for your message|thank you for writing|thank you for contacting|
          thank you for reaching|thank you for getting in touch|thanks for your mail|
          thanks for your email|thanks for your e-mail|thanks for your message|
          thanks for contacting|thanks for reaching|thanks for getting in touch|
          i have received your|for your note| our team|for your inquiry|for your enquiry|
          we have received your|dear sender|dear customer|dear client| our office| our shop|
           our store|we are closed for|we're closed for|
          für ihre nachricht|für ihre mail|für ihre e-mail|für ihre anfrage|
          für ihre mitteilung|für deine mitteilung|unser team|unsere werkstatt|unser laden|
          unsere praxis|für deine nachricht|für deine mail|für deine e-mail|liebe kund|
          lieber kunde|unser büro|unser geschäft|unsere büros|wir machen betriebsferien|
          wir haben betriebs|
          pour votre message|pour votre mail|pour votre e-mail|pour votre courriel|
          de votre message|de votre mail|de votre courriel|pour votre e-mail|notre équipe|
          l'équipe|bien reçu votre|cher client|chère client|notre magasin|notre boutique|
          nos bureaux|notre bureau|nous sommes fermés|
          por su correo|por tu correo|por su mensaje|por tu mensaje|por contactar|
          por escribir|ponerte en contacto|ponerse en contacto|nuestro equipo|por comunicar|
          estimado cliente|estimada cliente|nuestras oficinas|nuestra oficina|nuestra tienda|
          estamos cerrados|
          per la tua mail|per la tua email|per la tua e-mail|per la sua mail|per la sua email|
          per la sua e-mail|per il messaggio|per il tuo messaggio|per il suo messaggio|
          per la mail|per averci|per avermi|gentile cliente|il nostro studio|il nostro team|
          avermi scritto|averci scritto|i nostri uffici|il nostro ufficio|il nostro negozio|
          siamo chiusi|
          pelo seu e-mail|pelo seu email|pelo seu contacto|pelo seu contato|o seu contacto|
          o seu contato|pela sua mensagem|pelo contacto|pelo contato|pela mensagem|
          pelo e-mail|prezado cliente|a nossa equipa|nossa equipe|pela sua mensagem|
          estimado cliente|a nossa loja|o nosso escritório|estamos encerrados|
          nossos escritórios|
          voor uw bericht|voor je bericht|voor uw mail|voor uw e-mail|voor je mail|
          ons kantoor|onze winkel|beste klant|
          """);

  /** That the writer himself is to be asked. */
  static final List<String> SELF =
      stems(
          """
          contact me|call me|reach me|ring me|text me|phone me|write to me|email me|mail me|
          message me|
          mich erreichen|mich anrufen|rufen sie mich|mich an|bin ich unter|erreichen sie mich|
          me contacter|me joindre|m'appeler|contactez-moi|appelez-moi|
          contácteme|contáctame|llámeme|llámame|contactarme|
          contattarmi|contattatemi|chiamatemi|chiamarmi|contattami|
          contactar-me|contacte-me|ligue-me|me ligar|me contactar|
          bel mij|mij bellen|mij bereiken|
          """);

  /** What else stands in notices. */
  static final List<String> OTHER =
      stems(
          """
          return|back|away|absence|leave|break|contact|assist|offline|connectivity|reopen|
          patience|understanding|sorry for|apolog|inconvenience|holidays|happy |enjoy|wish|
          until|in the meantime|dear |kind |message will|this is an auto|automatic|email|
          rückkehr|zurück|verständnis|wieder|geduld|erreich|sehr geehrte|liebe |schöne |
          frohe |kontaktieren|automatisch|bis |tel. |
          retour|compréhension|cordialement|patience|bonne|joyeu|contacter|contactez|
          automatique|jusqu|
          regres|vuelta|comprensión|disculp|saludo|feliz|contact|automátic|hasta |vuelvo|
          rientro|ritorn|comprensione|cordiali|buone|buon |scus|contatt|automatic|fino a|
          regress|retorn|compreensão|cumprimentos|desculp|boas |bom |contact|automátic|reabr|
          até |
          terug|begrip|groet|contact|
          """);

  private AbsenceWords() {}

  private static List<String> stems(String lines) {
    return Stream.of(lines.replace("\n", "").split("\\|")).distinct().toList();
  }
}
