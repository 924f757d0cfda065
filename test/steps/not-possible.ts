/** Why a machine cannot run something. Nothing is wrong with the project, and nothing was proved. */
export class NotPossible extends Error {}
