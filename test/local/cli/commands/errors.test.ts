import { expect, test } from 'vitest';
import { ERRORS } from '../../../../local/errors/registry.ts';
import { callCli } from '../run-cli.ts';

const errors = (...args: string[]) => callCli(['errors', ...args], '/nowhere');

test('One code is explained, in whatever case it is typed; so is the reason of a reject', async () => {
  const { code, stdout } = await errors('ona_busy');
  expect(code).toBe(0);
  expect(stdout).toBe(
    `ONA_BUSY\n  ${ERRORS.ONA_BUSY.meaning}\n  What to do: ${ERRORS.ONA_BUSY.todo}\n`,
  );
  expect((await errors('CASE_ID_TAKEN')).stdout).toMatch(
    /^CASE_ID_TAKEN\n {2}Not loaded: another child has this case_id\.\n {2}What to do: /,
  );
});

test('Without a code all are listed, also as JSON', async () => {
  const { stdout } = await errors('--json');
  const codes = JSON.parse(stdout).map(({ code }: { code: string }) => code);
  expect(codes).toEqual(expect.arrayContaining(Object.keys(ERRORS)));
  expect((await errors()).stdout).toContain('\nUSAGE\n');
});

test('A code that is none ends with 2', async () => {
  const { code, stderr } = await errors('NO_SUCH');
  expect(code).toBe(2);
  expect(stderr).toBe('USAGE: there is no code "NO_SUCH": `errors` lists all of them\n');
});
