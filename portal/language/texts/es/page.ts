import type { page as english } from "../en/page.ts";
import type { Translation } from "../en.ts";

export const page: Translation<typeof english> = {
  "app.title": "Webhooks",
  "app.endpoints": "Endpoints",
  "app.events": "Eventos",
  "app.main": "Menú principal",
  "app.skip": "Ir al contenido",
  "app.back": "Volver a {name}",
  "app.return": "Volver",
  "app.loading": "Cargando…",
  "app.retry": "Reintentar",
  "app.more": "Cargar más",
  "app.cancel": "Cancelar",
  "app.save": "Guardar",
  "app.saving": "Guardando…",
  "app.copy": "Copiar",
  "app.copied": "Copiado",
  "app.copyFailed": "Selecciónelo y cópielo",
  "app.trail": "Ruta de navegación",

  "over.title": "Esta sesión ha terminado",
  "over.text":
    "Por su seguridad, las sesiones duran un tiempo limitado. Vuelva a abrir la página para continuar.",
  "over.missing": "Abra esta página desde su cuenta. Necesita un enlace creado para usted.",

  "unknown.title": "Esta página no existe",
  "unknown.text": "Puede que el enlace esté mal escrito o que se haya eliminado lo que mostraba.",
  "unknown.home": "Ver sus endpoints",

  "error.offline": "El servicio no ha respondido. Compruebe su conexión e inténtelo de nuevo.",
  "error.refused": "No ha funcionado. Corríjalo e inténtelo de nuevo:",
  "error.permission": "No tiene permiso para hacer esto. Consulte a quien le dio acceso.",
  "error.missing": "No existe o se ha eliminado.",
  "error.changed": "Algo ha cambiado entretanto. Recargue la página e inténtelo de nuevo.",
  "error.limit": "Se ha alcanzado un límite. Espere un momento e inténtelo de nuevo.",
  "error.service": "Se ha producido un error en nuestro lado. Inténtelo de nuevo en un momento.",
  "error.request": "Solicitud {id}",

  "state.ok": "correcto",
  "state.failing": "con errores",
  "state.limited": "limitado",
  "state.held": "en pausa",
  "state.disabled": "desactivado",
  "status.delivered": "entregada",
  "status.retrying": "reintentando",
  "status.pending": "pendiente",
  "status.failed": "fallida",
};
