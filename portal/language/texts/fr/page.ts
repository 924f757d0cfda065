import type { page as english } from "../en/page.ts";
import type { Translation } from "../en.ts";

export const page: Translation<typeof english> = {
  "app.title": "Webhooks",
  "app.endpoints": "Endpoints",
  "app.events": "Événements",
  "app.main": "Menu principal",
  "app.skip": "Aller au contenu",
  "app.back": "Retour à {name}",
  "app.return": "Retour",
  "app.loading": "Chargement…",
  "app.retry": "Réessayer",
  "app.more": "Afficher plus",
  "app.cancel": "Annuler",
  "app.save": "Enregistrer",
  "app.saving": "Enregistrement…",
  "app.copy": "Copier",
  "app.copied": "Copié",
  "app.copyFailed": "Sélectionnez et copiez",
  "app.trail": "Fil d’Ariane",

  "over.title": "Cette session est terminée",
  "over.text":
    "Pour votre sécurité, elle ne dure qu’un certain temps. Rouvrez la page pour continuer.",
  "over.missing": "Ouvrez cette page depuis votre compte. Elle nécessite un lien créé pour vous.",

  "unknown.title": "Cette page n’existe pas",
  "unknown.text": "Le lien est peut-être erroné, ou son contenu a été supprimé.",
  "unknown.home": "Voir vos endpoints",

  "error.offline": "Le service n’a pas répondu. Vérifiez votre connexion et réessayez.",
  "error.refused": "Cela n’a pas fonctionné. Corrigez, puis réessayez :",
  "error.permission": "Vous n’y êtes pas autorisé. Contactez la personne qui vous a donné accès.",
  "error.missing": "Cet élément n’existe pas ou a été supprimé.",
  "error.changed": "Quelque chose a changé entre-temps. Rechargez la page, puis réessayez.",
  "error.limit": "Une limite est atteinte. Patientez un instant, puis réessayez.",
  "error.service": "Une erreur s’est produite de notre côté. Réessayez dans un instant.",
  "error.request": "Requête {id}",

  "state.ok": "opérationnel",
  "state.failing": "en échec",
  "state.limited": "ralenti",
  "state.held": "en pause",
  "state.disabled": "désactivé",
  "status.delivered": "livrée",
  "status.retrying": "nouvel essai",
  "status.pending": "en attente",
  "status.failed": "échouée",
};
