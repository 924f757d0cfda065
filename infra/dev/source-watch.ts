import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** Editors and `git switch` write several files, or one of them several times: all that is one change. */
const QUIET_MS = 30;

/** Notices when anything changes in these folders or below them. */
export class SourceWatch implements Disposable {
  readonly #folders: readonly string[];
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #isChanged = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: readonly string[]) {
    this.#folders = folders;
    this.#followFolders();
  }

  /** The files and folders that have changed since the last call, once there are any. */
  async next(): Promise<string[]> {
    await this.#isChanged.promise;
    this.#isChanged = Promise.withResolvers();
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  /** A folder is watched by itself, for a file that is replaced is another file of the same folder. */
  #followFolders(): void {
    for (const path of this.#folders.flatMap(withSubfolders)) {
      if (this.#watchers.has(path)) continue;
      const watcher = watch(path, (event, name) => {
        // What was made or removed under a name is not the folder that was watched under it.
        if (event === "rename") this.#forget(join(path, name ?? ""));
        this.#notice(join(path, name ?? ""));
      });
      watcher.on("error", () => this.#forget(path));
      this.#watchers.set(path, watcher);
    }
  }

  #forget(folder: string): void {
    for (const [path, watcher] of this.#watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue;
      watcher.close();
      this.#watchers.delete(path);
    }
  }

  #notice(path: string): void {
    this.#changed.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      try {
        this.#followFolders();
        this.#isChanged.resolve();
      } catch {
        this.#notice(path); // A folder has gone meanwhile: that was not the end of it.
      }
    }, QUIET_MS);
  }
}

function withSubfolders(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return [folder, ...below];
}
