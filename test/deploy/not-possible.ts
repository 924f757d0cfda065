/** Why a machine cannot run the emulator. Nothing is wrong with the project, and nothing was proved. */
export class NotPossible extends Error {}
