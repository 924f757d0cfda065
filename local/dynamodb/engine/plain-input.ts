/** A type of dynalite's rules: a name such as `List`, `Map<AttributeValue>` or `AttrStruct<ValueStruct>`. */
interface Shape {
  type: string;
  children?: Shapes | Shape | string;
}
type Shapes = Record<string, Shape | string>;

/** The input as dynalite's `checkTypes` would give it, or undefined for what it would refuse or convert. */
type Read = (value: unknown) => unknown;

const readers = new WeakMap<object, Read>();

/**
 * Reads an input that has the types of the rules as it is. dynalite's own check reads each type's name anew for each
 * value; whatever is not plain is left to it, with its words for what is wrong.
 */
export function plainInput(input: object, types: object): object | undefined {
  let read = readers.get(types);
  if (!read) {
    read = structOf(types as Shapes); // what rules have
    readers.set(types, read);
  }
  return read(input) as object | undefined; // as `structOf` makes it
}

function structOf(shapes: Shapes): Read {
  const members = Object.entries(shapes).map(([name, shape]) => [name, readerOf(shape)] as const);
  return (value) => {
    if (!isObject(value)) return undefined;
    const known: Record<string, unknown> = {};
    for (const [name, read] of members) {
      const member = value[name];
      if (member === undefined || member === null) continue;
      const plain = read(member);
      if (plain === undefined) return undefined;
      known[name] = plain;
    }
    return known;
  };
}

function readerOf(shape: Shape | string): Read {
  const { type, children = "" } = typeof shape === "string" ? { type: shape } : shape;
  const name = type.replace(/<.*/, "");
  switch (name) {
    case "AttrStruct":
      return (value) => (isAttributeValue(value) ? value : undefined);
    case "Boolean":
      return (value) => (typeof value === "boolean" ? value : undefined);
    case "String":
      return (value) => (typeof value === "string" ? value : undefined);
    case "Short":
    case "Integer":
    case "Long":
      return (value) => (Number.isInteger(value) ? value : undefined);
    case "List":
    case "ParameterizedList":
      return listOf(readerOf(asShape(children)));
    case "Map":
    case "ParameterizedMap":
      return mapOf(readerOf(asShape(children)));
    case "ValueStruct":
    case "FieldStruct":
      return typeof children === "string" ? () => undefined : structOf(children as Shapes); // as above
    default:
      return () => undefined;
  }
}

function asShape(children: Shapes | Shape | string): Shape | string {
  return children as Shape | string; // those of a list or map are one shape
}

function listOf(read: Read): Read {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const plain = value.map(read);
    return plain.includes(undefined) ? undefined : plain;
  };
}

function mapOf(read: Read): Read {
  return (value) => {
    if (!isObject(value)) return undefined;
    const plain: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const member = read(value[name]);
      if (member === undefined || name === "__proto__") return undefined;
      plain[name] = member;
    }
    return plain;
  };
}

/** One member of the right type; sets of bytes, which are rare, are left to dynalite. */
function isAttributeValue(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [type = "", another] = Object.keys(value);
  if (another !== undefined) return false;
  const content = value[type];
  switch (type) {
    case "S":
    case "N":
      return typeof content === "string";
    case "B":
      return typeof content === "string" && isBase64(content);
    case "BOOL":
    case "NULL":
      return typeof content === "boolean";
    case "SS":
    case "NS":
      return Array.isArray(content) && content.every((one) => typeof one === "string");
    case "L":
      return Array.isArray(content) && content.every(isAttributeValue);
    case "M":
      return isObject(content) && Object.keys(content).every((name) => isMember(content, name));
    default:
      return false;
  }
}

function isMember(content: Record<string, unknown>, name: string): boolean {
  return name !== "__proto__" && isAttributeValue(content[name]);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && Buffer.from(text, "base64").toString("base64") === text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
