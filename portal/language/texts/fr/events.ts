import type { events as english } from "../en/events.ts";
import type { Translation } from "../en.ts";

export const events: Translation<typeof english> = {
  "events.title": "Événements",
  "events.intro": "Ce qui peut se produire, et ce que votre serveur reçoit alors.",
  "events.empty": "Aucun événement n’est encore décrit",
  "events.emptyText":
    "Vos endpoints fonctionnent malgré tout. Choisissez leurs événements par leur nom.",
  "events.find": "Rechercher un événement",
  "events.noMatch": "Aucun événement ne correspond à « {text} ».",
  "events.deprecated": "obsolète",
  "events.archived": "archivé",
  "events.receive": "Le recevoir",
  "events.receiveText": "Ajoutez un endpoint qui reçoit cet événement.",
  "events.example": "Exemple",
  "events.exampleText": "Le corps d’une requête, avec l’exemple dans « data ».",
  "events.exampleNumber": "Exemple {count}",
  "events.noExample": "Il n’y a pas d’exemple.",
  "events.send": "M’envoyer cet exemple",
  "events.sendTo": "À cet endpoint",
  "events.sendText":
    "L’envoie maintenant, signé. L’en-tête « webhook-test » indique que c’est un test.",
  "events.sendNone": "Ajoutez un endpoint pour que nous puissions lui envoyer cet exemple.",
  "events.schema": "Schéma",
  "events.version": "Version {count}",
  "events.noSchema": "Les données peuvent avoir n’importe quelle forme.",
  "events.fields": "Champs",
  "events.field": "Champ",
  "events.type": "Type",
  "events.meaning": "Signification",
  "events.required": "toujours présent",
  "events.asJson": "Le schéma complet",
};
