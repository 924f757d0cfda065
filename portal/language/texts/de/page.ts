import type { page as english } from "../en/page.ts";
import type { Translation } from "../en.ts";

export const page: Translation<typeof english> = {
  "app.title": "Webhooks",
  "app.endpoints": "Endpunkte",
  "app.events": "Ereignisse",
  "app.main": "Hauptmenü",
  "app.skip": "Zum Inhalt springen",
  "app.back": "Zurück zu {name}",
  "app.return": "Zurück",
  "app.loading": "Wird geladen …",
  "app.retry": "Noch einmal versuchen",
  "app.more": "Mehr laden",
  "app.cancel": "Abbrechen",
  "app.save": "Speichern",
  "app.saving": "Wird gespeichert …",
  "app.copy": "Kopieren",
  "app.copied": "Kopiert",
  "app.copyFailed": "Bitte markieren und kopieren",
  "app.trail": "Pfad",

  "over.title": "Diese Sitzung ist beendet",
  "over.text":
    "Zu Ihrer Sicherheit dauert sie nur eine Weile. Öffnen Sie die Seite neu, um fortzufahren.",
  "over.missing":
    "Öffnen Sie diese Seite aus Ihrem Konto. Sie braucht einen Link, der für Sie erstellt wird.",

  "unknown.title": "Diese Seite gibt es nicht",
  "unknown.text": "Vielleicht ist der Link falsch geschrieben, oder sein Ziel wurde gelöscht.",
  "unknown.home": "Zu Ihren Endpunkten",

  "error.offline":
    "Der Dienst hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  "error.refused": "Das hat nicht geklappt. Korrigieren Sie es und versuchen Sie es noch einmal:",
  "error.permission": "Das dürfen Sie nicht. Fragen Sie, wer Ihnen den Zugang gegeben hat.",
  "error.missing": "Das gibt es nicht, oder es wurde gelöscht.",
  "error.changed":
    "Inzwischen hat sich etwas geändert. Laden Sie die Seite neu und versuchen Sie es noch einmal.",
  "error.limit": "Eine Grenze ist erreicht. Warten Sie kurz und versuchen Sie es noch einmal.",
  "error.service": "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
  "error.request": "Anfrage {id}",

  "state.ok": "ok",
  "state.failing": "gestört",
  "state.limited": "gebremst",
  "state.held": "angehalten",
  "state.disabled": "aus",
  "status.delivered": "zugestellt",
  "status.retrying": "wird wiederholt",
  "status.pending": "steht aus",
  "status.failed": "fehlgeschlagen",
};
