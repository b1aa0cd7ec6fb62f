// `npm run docs`: writes the lists of settings, routes, error codes and commands into docs/.
import { writeDocs } from './checks/docs.ts';

await writeDocs();
