import { chmod, mkdir, stat } from "node:fs/promises";

const others = 0o077;
const sticky = 0o1000;

/** Makes the folder that holds all keys of a local run, or makes the one there is its owner's alone. */
export async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    const isInTheWay = error.code === "EEXIST" || error.code === "ENOTDIR";
    const reason = isInTheWay ? "a file of this name is in the way" : error.message;
    throw new Error(`${folder} cannot be the data folder (HOOKCAST_DATA_DIR): ${reason}`);
  });
  const { mode, uid } = await stat(folder);
  const us = process.getuid?.();
  // Windows has neither; and root runs containers on folders of the user whose machine it is.
  if (us === undefined || (mode & others) === 0) return;
  if ((uid !== us && us !== 0) || (mode & sticky) !== 0) {
    throw new Error(`${folder} is shared with other users; HOOKCAST_DATA_DIR needs one of its own`);
  }
  await chmod(folder, mode & 0o700);
}
