/** Parameters of an address, by name. */
export type Query = Readonly<Record<string, string>>;
