import { markGaps } from "../support/mark-gaps.ts";
import { gaps } from "./gaps.ts";

markGaps(gaps);
