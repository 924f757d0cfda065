import type { events as english } from "../en/events.ts";
import type { Translation } from "../en.ts";

export const events: Translation<typeof english> = {
  "events.title": "Ereignisse",
  "events.intro": "Was eintreten kann, und was Ihr Server dann bekommt.",
  "events.empty": "Noch ist kein Ereignis beschrieben",
  "events.emptyText":
    "Ihre Endpunkte funktionieren trotzdem. Wählen Sie deren Ereignisse mit Namen.",
  "events.find": "Ereignis suchen",
  "events.noMatch": "Kein Ereignis passt zu „{text}“.",
  "events.deprecated": "veraltet",
  "events.archived": "archiviert",
  "events.receive": "Empfangen",
  "events.receiveText": "Fügen Sie einen Endpunkt hinzu, der dieses Ereignis bekommt.",
  "events.example": "Beispiel",
  "events.exampleText": "Der Inhalt einer Anfrage, mit dem Beispiel als „data“.",
  "events.exampleNumber": "Beispiel {count}",
  "events.noExample": "Es gibt kein Beispiel.",
  "events.send": "Dieses Beispiel an mich senden",
  "events.sendTo": "An diesen Endpunkt",
  "events.sendText":
    "Sendet es jetzt, signiert. Der Header „webhook-test“ sagt, dass es ein Test ist.",
  "events.sendNone": "Fügen Sie einen Endpunkt hinzu, damit wir ihm dieses Beispiel senden können.",
  "events.schema": "Schema",
  "events.version": "Version {count}",
  "events.noSchema": "Die Daten können jede Form haben.",
  "events.fields": "Felder",
  "events.field": "Feld",
  "events.type": "Typ",
  "events.meaning": "Bedeutung",
  "events.required": "immer vorhanden",
  "events.asJson": "Das ganze Schema",
};
