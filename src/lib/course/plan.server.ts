import course from '$content/course.json';
import { readPlan } from './plan';

/** The plan of the course, read and checked when the site is built. */
export const plan = readPlan(course);
