import type { deliveries as english } from "../en/deliveries.ts";
import type { Translation } from "../en.ts";

export const deliveries: Translation<typeof english> = {
  "deliveries.title": "Zustellungen",
  "deliveries.status": "Status",
  "deliveries.everyStatus": "jeder Status",
  "deliveries.event": "Ereignis",
  "deliveries.time": "Zeit",
  "deliveries.attempts": "Versuche",
  "deliveries.result": "Letzte Antwort",
  "deliveries.next": "Nächster Versuch",
  "deliveries.empty": "Noch keine Zustellung",
  "deliveries.emptyText":
    "Jedes Ereignis, das wir senden, erscheint hier. Prüfen Sie die URL mit einem Testereignis.",
  "deliveries.noMatch": "Keine Zustellung hat diesen Status.",
  "deliveries.message": "Nachricht",
  "deliveries.resend": { one: "{count} erneut senden", other: "{count} erneut senden" },
  "deliveries.choose": "{id} wählen",
  "deliveries.sent": {
    one: "{count} Zustellung ist eingereiht.",
    other: "{count} Zustellungen sind eingereiht.",
  },
  "deliveries.held": "Sie wartet, bis Ihr Endpunkt wieder funktioniert.",

  "delivery.title": "Zustellung",
  "delivery.resend": "Erneut senden",
  "delivery.resent": "Eingereiht. Die Antwort erscheint hier in wenigen Sekunden.",
  "delivery.published": "Eingetreten",
  "delivery.next": "Nächster Versuch",
  "delivery.noNext": "keiner geplant",
  "delivery.why": "Warum es fehlschlug: {error}",
  "delivery.attempts": "Versuche",
  "delivery.number": "Versuch",
  "delivery.attempt": "Versuch {count}",
  "delivery.first": "Zuerst gesendet",
  "delivery.again": "Erneut gesendet",
  "delivery.result": "Antwort",
  "delivery.latency": "Dauer",
  "delivery.part": "Anfrage oder Antwort",
  "delivery.request": "Anfrage",
  "delivery.response": "Antwort",
  "delivery.noAttempt": "Der erste Versuch folgt in wenigen Sekunden.",
  "delivery.answered": "{status} nach {time}",
  "delivery.noAnswer": "Keine Antwort nach {time}: {error}",
  "delivery.noBody": "Die Antwort hatte keinen Inhalt.",
  "delivery.cut": "Wir bewahren die ersten 2 KiB auf.",
  "delivery.notKept": "Der Inhalt ist nicht mehr gespeichert.",
  "delivery.changed":
    "Ihre Einstellungen haben sich seither geändert. Der Inhalt kann ein anderes Format gehabt haben.",
  "delivery.curl": "Als curl kopieren",

  "why.refused":
    "Ihr Server hat die Anfrage abgelehnt. Prüfen Sie, was er unter dieser URL erwartet.",
  "why.auth":
    "Ihr Server will wissen, wer anfragt. Prüfen Sie seine Zugriffsregeln und das Geheimnis.",
  "why.notFound": "Unter dieser URL hat Ihr Server nichts. Prüfen Sie den Pfad.",
  "why.tooMany": "Ihr Server bekommt zu viel auf einmal. Wir werden von selbst langsamer.",
  "why.server":
    "Ihr Server ist gescheitert. Sein Protokoll sagt, warum; die Antwort vielleicht auch.",
  "why.redirect": "Ihr Server leitet weiter. Tragen Sie die Adresse ein, zu der er führt.",
  "why.timeout": "Ihr Server brauchte zu lange. Antworten Sie zuerst und arbeiten Sie danach.",
  "why.connection":
    "Wir haben Ihren Server nicht erreicht. Prüfen Sie Adresse, Firewall und Zertifikat.",
  "why.off": "Der Endpunkt war aus. Schalten Sie ihn ein und senden Sie die Zustellung erneut.",

  "recover.title": "Zustellungen nachholen",
  "recover.text": "Sendet viele Zustellungen erneut, etwa nach einem Ausfall Ihres Servers.",
  "recover.what": "Was zu senden ist",
  "recover.failed": "Fehlgeschlagene Zustellungen",
  "recover.failedHint": "Jeder Versuch schlug fehl, oder der Endpunkt war aus.",
  "recover.missing": "Fehlende Zustellungen",
  "recover.missingHint": "Von vor dem Endpunkt oder aus der Zeit, in der er aus war.",
  "recover.since": "Von",
  "recover.until": "Bis (freiwillig)",
  "recover.count": "Zuerst zählen",
  "recover.send": "Erneut senden",
  "recover.counting": {
    one: "Gezählt: bisher {count} …",
    other: "Gezählt: bisher {count} …",
  },
  "recover.counted": {
    one: "{count} Zustellung würde gesendet.",
    other: "{count} Zustellungen würden gesendet.",
  },
  "recover.sending": "{sent} von {count} bisher gesendet …",
  "recover.done": {
    one: "{sent} von {count} erneut gesendet.",
    other: "{sent} von {count} erneut gesendet.",
  },
  "recover.stopped":
    "Nach {sent} von {count} beendet: Der Endpunkt wurde ausgeschaltet oder gelöscht.",
  "recover.follow": "Fortschritt ansehen",
  "recover.running": "Ein anderes Nachholen läuft.",
  "recover.progress": "Fortschritt",
};
