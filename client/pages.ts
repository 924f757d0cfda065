/** Goes through all items, asking for the next page when the one before is used up. */
export async function* eachItem<Page extends { nextCursor: string | null }, Item>(
  firstCursor: string | undefined,
  pageFrom: (cursor: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): AsyncGenerator<Item, void, void> {
  let cursor: string | null | undefined = firstCursor;
  do {
    const page: Page = await pageFrom(cursor);
    yield* itemsOf(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
}
