export { stsCheck, type StsCheckOptions } from './sts-check.ts';
