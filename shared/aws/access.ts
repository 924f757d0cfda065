export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** In whose name calls are made, and in which region. */
export interface Access {
  readonly region: string;
  readonly credentials: Credentials;
}

type AccessProvider = () => Access | Promise<Access>;

let provider: AccessProvider = accessFromEnv;

/** For programs that run outside Lambda: where else credentials are looked for. */
export function provideAccess(other: AccessProvider): void {
  provider = other;
}

export function currentAccess(): Access | Promise<Access> {
  return provider();
}

/** Lambda gives a function its region and its credentials in the environment, and nowhere else. */
function accessFromEnv(): Access {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_REGION || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("the environment holds no AWS_REGION or no AWS credentials");
  }
  return {
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  };
}
