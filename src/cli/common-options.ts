import type { ArgumentRule, OptionRule } from './command-module.ts';

export const SYSTEM: ArgumentRule = {
  form: '<system>',
  about: 'name of a system (hairpin models lists them), or its file',
};

export const KERNEL: OptionRule = {
  form: '--kernel <name>',
  about:
    "kernel profile such as linux-7.3, or ./its-file.yaml (default: the system's, else the newest release)",
};

export const SENSITIVITY: OptionRule = {
  form: '--sensitivity',
  about: 'change each assumed number by 20 % and say how far that moves the result; takes many runs',
};

export const OUTPUT: OptionRule = { form: '-o, --output <dir>', about: 'folder for the results' };
