import { glob, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** A test, by its file and a part of its title. */
export interface TestName {
  file: string;
  title: string;
}

export interface Mutation {
  behaviour: string;
  /** The file of the patch that removes the behaviour. */
  patch: string;
  /** What must turn red: the patch's first line, `file > part of a title`. */
  test: TestName;
}

/** Those of every folder beside this file, by name. */
export async function readMutations(): Promise<Mutation[]> {
  const files = await Array.fromAsync(glob("*/*.patch", { cwd: import.meta.dirname }));
  const mutations = await Promise.all(files.map(readMutation));
  return mutations.sort((a, b) => (a.behaviour < b.behaviour ? -1 : 1));
}

async function readMutation(name: string): Promise<Mutation> {
  const patch = join(import.meta.dirname, name);
  const [, file, title] = /^(\S+) > (.+)\n/.exec(await readFile(patch, "utf8")) ?? [];
  if (!file || !title) throw new Error(`${name} does not begin with the test that guards it`);
  const behaviour = basename(name, ".patch").replaceAll("-", " ");
  return { behaviour, patch, test: { file, title } };
}
