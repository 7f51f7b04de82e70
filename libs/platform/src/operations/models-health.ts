import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReloadingCatalogue } from '../models/reloading-catalogue.js';
import { HealthNotes } from './health-notes.js';

/** Says in the health of a process that a changed models file is not in force, and why. */
@Injectable()
export class ModelsHealth implements OnModuleInit {
  constructor(
    private readonly catalogue: ReloadingCatalogue,
    private readonly notes: HealthNotes,
  ) {}

  onModuleInit(): void {
    this.catalogue.onRead(() => this.note());
    this.note();
  }

  private note(): void {
    const { problem, priceBook } = this.catalogue;
    const note = problem === undefined ? undefined : { problem, inForce: priceBook.version };
    this.notes.set('models', note);
  }
}
