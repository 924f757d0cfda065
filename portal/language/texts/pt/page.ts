import type { page as english } from "../en/page.ts";
import type { Translation } from "../en.ts";

export const page: Translation<typeof english> = {
  "app.title": "Webhooks",
  "app.endpoints": "Endpoints",
  "app.events": "Eventos",
  "app.main": "Menu principal",
  "app.skip": "Ir para o conteúdo",
  "app.back": "Voltar para {name}",
  "app.return": "Voltar",
  "app.loading": "Carregando…",
  "app.retry": "Tentar novamente",
  "app.more": "Carregar mais",
  "app.cancel": "Cancelar",
  "app.save": "Salvar",
  "app.saving": "Salvando…",
  "app.copy": "Copiar",
  "app.copied": "Copiado",
  "app.copyFailed": "Selecione e copie",
  "app.trail": "Trilha de navegação",

  "over.title": "Esta sessão terminou",
  "over.text":
    "Para sua segurança, ela dura apenas algum tempo. Abra a página novamente para continuar.",
  "over.missing": "Abra esta página pela sua conta. Ela precisa de um link criado para você.",

  "unknown.title": "Esta página não existe",
  "unknown.text": "O link pode estar incorreto, ou o conteúdo foi excluído.",
  "unknown.home": "Ver seus endpoints",

  "error.offline": "O serviço não respondeu. Verifique sua conexão e tente novamente.",
  "error.refused": "Não funcionou. Corrija e tente novamente:",
  "error.permission": "Você não tem permissão para isso. Fale com quem deu acesso a você.",
  "error.missing": "Não existe ou foi excluído.",
  "error.changed": "Algo mudou nesse meio-tempo. Recarregue a página e tente novamente.",
  "error.limit": "Um limite foi atingido. Aguarde um momento e tente novamente.",
  "error.service": "Ocorreu um erro do nosso lado. Tente novamente em instantes.",
  "error.request": "Requisição {id}",

  "state.ok": "ok",
  "state.failing": "com falhas",
  "state.limited": "limitado",
  "state.held": "em pausa",
  "state.disabled": "desativado",
  "status.delivered": "entregue",
  "status.retrying": "nova tentativa",
  "status.pending": "pendente",
  "status.failed": "falhou",
};
