import * as v from 'valibot';

const Text = v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty'));
const Url = v.pipe(Text, v.regex(/^https?:\/\/[^\s]+$/, 'must be a URL that starts with https://'));
const Port = v.pipe(
  v.union(
    [v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))],
    'must be a port',
  ),
  v.integer('must be a port'),
  v.minValue(1, 'must be a port'),
  v.maxValue(65_535, 'must be a port'),
);

/** language-primero appends its paths to it as it is, and a Primero may answer 404 to `https://primero.example//api/v2/cases`. */
const BaseUrl = v.pipe(
  Url,
  v.regex(/[^/]$/, 'must not end with a slash, as paths such as /api/v2/cases are put after it'),
);

/** What language-primero takes. HTTP Basic, because Primero limits token sign-in to 6 a minute. */
const Primero = v.strictObject({
  url: BaseUrl,
  user: Text,
  password: Text,
  basicAuth: v.optional(v.boolean('must be true or false'), true),
  /** What get-cases reads: bytes of records that a batch passes on. The platform's Free plan needs smaller batches. */
  batchBytes: v.optional(
    v.pipe(v.number('must be a number of bytes'), v.minValue(1, 'must be a number of bytes')),
  ),
});

/** What language-postgresql takes. */
const Pem = v.optional(Text);

const Ona = v.strictObject({
  host: Text,
  port: v.optional(Port, 5432),
  database: Text,
  user: Text,
  password: v.string('must be text'),
  ssl: v.optional(v.boolean('must be true or false')),
  allowSelfSignedCert: v.optional(v.boolean('must be true or false')),
  /** PEM texts: the authority to trust, and a certificate and key of our own. */
  ...{ ca: Pem, cert: Pem, key: Pem },
});

/** What the jobs read to post to the inbox. */
const Inbox = v.strictObject({ inboxUrl: Url, apiKey: Text });

/** A credentials file: a credential for each step of the workflow, each as its adaptor wants it. */
export const CredentialsSchema = v.strictObject({
  primero: Primero,
  ona: Ona,
  inbox: v.optional(Inbox),
  /** For the failure step. The command does not need it. */
  alert: v.optional(v.unknown()),
});

export type Credentials = Omit<v.InferOutput<typeof CredentialsSchema>, 'alert'>;
export type PrimeroCredential = Credentials['primero'];
export type OnaCredential = Credentials['ona'];
export type InboxCredential = NonNullable<Credentials['inbox']>;
