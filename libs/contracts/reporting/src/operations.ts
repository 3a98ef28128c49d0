import type { Operation } from '@parta/platform-contract';
import {
  cancelReport,
  deleteReport,
  downloadReport,
  getReport,
  getReportChoices,
  listReports,
  orderReport,
} from './reports.js';

/** Every operation of reporting. */
export const operations: readonly Operation[] = [
  getReportChoices,
  orderReport,
  listReports,
  getReport,
  downloadReport,
  cancelReport,
  deleteReport,
];
