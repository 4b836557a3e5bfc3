/** An embedded ONA, in memory: nobody else writes to it. */
import { serveOna } from '../../local/ona/serve.ts';
import { answerParent } from './answer-parent.ts';

answerParent(async () => (await serveOna({})).address);
