/** For addresses that take no questions. */
import { z } from 'zod';

export const noQuery = z.strictObject({});
