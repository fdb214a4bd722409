#!/usr/bin/env node
import process from 'node:process';
import { hairpin } from './hairpin.ts';
import { processIo } from './process-io.ts';

process.exitCode = await hairpin(process.argv.slice(2), processIo());
