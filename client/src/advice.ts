/** An error whose text was written for people here. It is shown whole; texts from elsewhere are cut and cleansed. */

export class Advice extends Error {}
