import type { events as english } from "../en/events.ts";
import type { Translation } from "../en.ts";

export const events: Translation<typeof english> = {
  "events.title": "Eventos",
  "events.intro": "O que pode acontecer e o que seu servidor recebe quando acontece.",
  "events.empty": "Nenhum evento foi descrito ainda",
  "events.emptyText": "Seus endpoints funcionam mesmo assim. Escolha os eventos pelo nome.",
  "events.find": "Buscar um evento",
  "events.noMatch": "Nenhum evento corresponde a “{text}”.",
  "events.deprecated": "obsoleto",
  "events.archived": "arquivado",
  "events.receive": "Receber",
  "events.receiveText": "Adicione um endpoint que receba este evento.",
  "events.example": "Exemplo",
  "events.exampleText": "O corpo de uma requisição, com o exemplo em “data”.",
  "events.exampleNumber": "Exemplo {count}",
  "events.noExample": "Não há nenhum exemplo.",
  "events.schema": "Esquema",
  "events.version": "Versão {count}",
  "events.noSchema": "Os dados podem ter qualquer forma.",
  "events.fields": "Campos",
  "events.field": "Campo",
  "events.type": "Tipo",
  "events.meaning": "Significado",
  "events.required": "sempre presente",
  "events.asJson": "O esquema completo",
};
