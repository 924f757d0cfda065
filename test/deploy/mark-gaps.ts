import { markGaps } from "../steps/mark-gaps.ts";
import { gaps } from "./gaps.ts";

markGaps(gaps);
