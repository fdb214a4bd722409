#!/usr/bin/env node
import process from 'node:process';
import { inlineMore } from '../node/inline-more.ts';
import { hairpin } from './hairpin.ts';
import { processIo } from './process-io.ts';

inlineMore();
process.exitCode = await hairpin(process.argv.slice(2), processIo());
