const MESSAGES: Record<number, string> = {
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** An error as Primero itself says it; `resource` is the path that was asked for. */
export const errors = (status: number, resource: string, detail?: string) => ({
  errors: [{ status, resource, ...(detail && { detail }), message: MESSAGES[status] ?? 'Error' }],
});
