import type { events as english } from "../en/events.ts";
import type { Translation } from "../en.ts";

export const events: Translation<typeof english> = {
  "events.title": "Eventos",
  "events.intro": "Qué puede ocurrir y qué recibe su servidor cuando ocurre.",
  "events.empty": "Todavía no hay ningún evento descrito",
  "events.emptyText": "Sus endpoints funcionan igualmente. Elija sus eventos por el nombre.",
  "events.find": "Buscar un evento",
  "events.noMatch": "Ningún evento coincide con «{text}».",
  "events.deprecated": "obsoleto",
  "events.archived": "archivado",
  "events.receive": "Recibirlo",
  "events.receiveText": "Añada un endpoint que reciba este evento.",
  "events.example": "Ejemplo",
  "events.exampleText": "El cuerpo de una solicitud, con el ejemplo en «data».",
  "events.exampleNumber": "Ejemplo {count}",
  "events.noExample": "No hay ningún ejemplo.",
  "events.send": "Enviarme este ejemplo",
  "events.sendTo": "A este endpoint",
  "events.sendText":
    "Lo envía ahora, firmado. La cabecera «webhook-test» indica que es una prueba.",
  "events.sendNone": "Añada un endpoint para que podamos enviarle este ejemplo.",
  "events.schema": "Esquema",
  "events.version": "Versión {count}",
  "events.noSchema": "Los datos pueden tener cualquier forma.",
  "events.fields": "Campos",
  "events.field": "Campo",
  "events.type": "Tipo",
  "events.meaning": "Significado",
  "events.required": "siempre presente",
  "events.asJson": "El esquema completo",
};
