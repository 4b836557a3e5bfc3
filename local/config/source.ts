import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** A mistake in a file of config/. */
export type Problem = { file: string; line: number; text: string };

/** A position in a file: keys and positions in lists, from the outside in. */
export type Path = readonly (string | number)[];

/** A JSON file of config/, with the line of each of its parts. It has no value if it is not JSON. */
export type Source = { file: string; value?: unknown; lineOf: (path: Path) => number };

/**
 * Reads a JSON file. It uses a YAML parser, because that knows the line of each value, and JSON is YAML.
 * @param note called with each mistake: no such file, not JSON, a key that is there twice
 */
export const readSource = async (
  folder: string,
  file: string,
  note: (problem: Problem) => void,
): Promise<Source> => {
  const none: Source = { file, lineOf: () => 1 };
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (text === null) {
    note({ file, line: 1, text: 'the file is not there, or cannot be read' });
    return none;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  // After the first syntax error, everything that follows is a guess.
  for (const { code, pos } of document.errors.slice(0, 1)) {
    const what = code.startsWith('DUPLICATE') ? 'this key is there twice' : 'this is not JSON';
    note({ file, line: lines.linePos(pos[0]).line, text: what });
  }
  if (document.errors.length > 0) return none;
  try {
    const value: unknown = JSON.parse(text);
    const lineOf = (path: Path): number => {
      // For a missing part, the line where it should be.
      for (let depth = path.length; depth > 0; depth -= 1) {
        const node = document.getIn(path.slice(0, depth), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return 1;
    };
    return { file, value, lineOf };
  } catch {
    note({ file, line: 1, text: 'this is YAML, and not JSON: quotes or commas are missing' });
    return none;
  }
};

/** Checks the shape of a file. If it is wrong, notes each mistake and returns null. */
export const shaped = <Schema extends v.GenericSchema>(
  schema: Schema,
  { file, value, lineOf }: Source,
  note: (problem: Problem) => void,
): v.InferOutput<Schema> | null => {
  if (value === undefined) return null;
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    const what = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
    const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
    const is = issue.input === undefined ? 'is missing' : issue.message;
    const text = isUnknown ? 'is not a known key' : is;
    note({ file, line: lineOf(path), text: `${what} ${text}` });
  }
  return null;
};
