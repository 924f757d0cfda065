/** Where the function URL is here, for want of a name of its own. */
export const functionUrlPath = "/function-url/";
