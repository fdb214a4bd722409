import { measure } from './cases.ts';

console.log(JSON.stringify(measure(process.argv[2] ?? '')));
