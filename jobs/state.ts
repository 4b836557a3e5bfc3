/** What the platform starts a job with. */
export interface State {
  configuration: Record<string, unknown>;
  data: unknown;
  references: unknown[];
}
