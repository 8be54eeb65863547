/** A model that can be asked for. */
export interface Model {
  id: string;
  object: 'model';
  /** Seconds since 1970. */
  created: number;
  owned_by: string;
}

/** The body of `GET /v1/models`. */
export interface ModelList {
  object: 'list';
  data: Model[];
}
