import { inlineMore } from '../src/node/inline-more.ts';
import { measure } from './cases.ts';

inlineMore();
console.log(JSON.stringify(measure(process.argv[2] ?? '')));
