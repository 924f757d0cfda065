/** Where the function URL is here: it has no name of its own. */
export const functionUrlPath = "/function-url/";
