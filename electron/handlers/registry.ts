/** Every handler under its verb. A missing one does not compile. */
import type { Input, MethodOf, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReadCtx, TaskCtx, WriteCtx } from '../context.ts';
import * as access from './access.ts';
import * as annotation from './annotation.ts';
import * as attention from './attention.ts';
import * as backup from './backup.ts';
import * as cityFigures from './city-figures.ts';
import * as cluster from './cluster.ts';
import * as count from './count.ts';
import * as countFile from './count-file.ts';
import * as countImport from './count-import.ts';
import * as countUndo from './count-undo.ts';
import * as courier from './courier.ts';
import * as day from './day.ts';
import * as dossier from './dossier.ts';
import * as dossierAct from './dossier-act.ts';
import * as dossierDetail from './dossier-detail.ts';
import * as dossierTransfer from './dossier-transfer.ts';
import * as draft from './draft.ts';
import * as duplicates from './duplicates.ts';
import * as file from './file.ts';
import * as filter from './filter.ts';
import * as law from './law.ts';
import * as machine from './machine.ts';
import * as machineLoss from './machine-loss.ts';
import * as person from './person.ts';
import * as proof from './proof.ts';
import * as reception from './reception.ts';
import * as registerBook from './register-book.ts';
import * as report from './report.ts';
import * as reportChoice from './report-choice.ts';
import * as reportKept from './report-kept.ts';
import * as reportMake from './report-make.ts';
import * as resolve from './resolve.ts';
import * as retention from './retention.ts';
import * as scanStorage from './scan-storage.ts';
import * as session from './session.ts';
import * as sheetStep from './sheet-step.ts';
import * as slip from './slip.ts';
import * as sync from './sync.ts';
import * as target from './target.ts';
import * as typed from './typed.ts';
import * as update from './update.ts';

type Handlers<K extends 'read' | 'write' | 'task' | 'inner', Ctx> = {
  readonly [M in MethodOf<K>]: (
    ctx: Ctx,
    input: Input<M>,
  ) => Output<M> | ('task' extends K ? Promise<Output<M>> : never);
};

export const reads: Handlers<'read', ReadCtx> = {
  'session.get': session.getSession,
  'office.communes': session.listCommunes,
  'draft.list': draft.listDrafts,
  'draft.get': draft.getDraft,
  'draft.others': draft.listOthersDrafts,
  'access.about-me': access.aboutMe,
  'dossier.index': dossier.indexDossiers,
  'dossier.rows': dossier.listRows,
  'dossier.get': dossierDetail.getDossier,
  'dossier.duplicates': duplicates.findDuplicates,
  'filter.list': filter.listFilters,
  'catalogue.get': law.getCatalogue,
  'catalogue.history': law.getHistory,
  'slip.get': slip.getSlip,
  'register.get': registerBook.getRegister,
  'count.grid': count.getGrid,
  'count.dates': count.listDates,
  'backup.state': backup.getBackupState,
  'backup.list': backup.listBackups,
  'sync.state': sync.getState,
  'sync.settings': machine.getSettings,
  'courier.look': courier.lookAtCourier,
  'sync.items': sync.listItems,
  'receipt.list': sync.listReceipts,
  'receipt.get': sync.getReceipt,
  'today.get': report.getToday,
  'sync.recovery': attention.getRecovery,
  'attention.cards': attention.listCards,
  'attention.items': attention.listOpenItems,
  'attention.causes': attention.listCauses,
  'attention.events': attention.listEvents,
  'conflict.get': attention.getConflict,
  'proof.get': proof.getProof,
  'person.find': person.findStandings,
  'person.get': person.getExtract,
  'person.requests': person.listRequests,
  'count.imports': countUndo.listImports,
  'target.list': target.listTargets,
  'cluster.list': cluster.listClusters,
  'report.make': reportMake.makeWanted,
  'report.source': cityFigures.getSource,
  'report.printed': reportMake.getPrinted,
  'report.frozen': reportKept.listFrozen,
  'report.compare': reportKept.compareFrozen,
  'report.kept': reportKept.getKept,
  'choice.list': reportChoice.listChoices,
  'day.figures': day.getFigures,
  'file.storage': scanStorage.getScanStorage,
  'retention.state': retention.getRetention,
  'typed.get': typed.getTyped,
  'access.list': access.listAccess,
  'update.state': update.getUpdateState,
};

export const writes: Handlers<'write', WriteCtx> = {
  'dossier.receive': reception.receiveDossier,
  'dossier.correct': dossier.correctDossier,
  'dossier.annotate': annotation.annotateDossier,
  'dossier.act': dossierAct.actOnDossier,
  'dossier.resolve': resolve.resolveDossier,
  'dossier.transfer': dossierTransfer.transferDossier,
  'dossier.attach': file.attachFile,
  'dossier.detach': file.detachFile,
  'catalogue.correct': law.correctCatalogue,
  'count.record': count.recordCounts,
  'sheet.lock': sheetStep.lockSheets,
  'sheet.approve': sheetStep.approveSheets,
  'sheet.return': sheetStep.returnSheets,
  'sheet.unlock': sheetStep.unlockSheets,
  'target.set': target.setTarget,
  'cluster.set': cluster.setCluster,
  'sheet.resolve': resolve.resolveSheet,
  'report.print': reportMake.printFigures,
  'report.freeze': reportMake.freezeReport,
  'day.close': day.closeDay,
};

export const tasks: Handlers<'task' | 'inner', TaskCtx> = {
  'session.may': session.mayCall,
  'device.enrol': session.enrolDevice,
  'data.verify': session.verifyData,
  'draft.save': draft.saveDraft,
  'draft.take': draft.takeDraft,
  'draft.discard': draft.discardDraft,
  'file.keep': file.keepChosen,
  'file.take': file.keepDropped,
  'file.read': file.readScan,
  'file.log': file.logSavedScan,
  'file.fetch': file.fetchScan,
  'file.cancel-fetch': file.cancelFetch,
  'file.free': scanStorage.freeScans,
  'retention.look': retention.lookAtRetention,
  'retention.purge': retention.purge,
  'retention.set-auto': retention.setAuto,
  'slip.log': slip.logSlip,
  'paper.log': slip.logPaper,
  'filter.save': filter.saveFilter,
  'filter.remove': filter.removeFilter,
  'count.check-import': countImport.checkImport,
  'count.import': countImport.importCounts,
  'backup.make': backup.makeBackup,
  'backup.check': backup.checkData,
  'backup.look': backup.lookAtBackup,
  'backup.restore': backup.restoreBackup,
  'backup.read-recovery': backup.readRecovery,
  'backup.set-place': backup.setPlace,
  'backup.find-old': backup.findOldStores,
  'backup.take-old': backup.takeOldStore,
  'backup.forget-place': backup.forgetPlace,
  'machine.begin-anew': machine.beginAnew,
  'machine.list': machineLoss.listMachines,
  'machine.loss': machineLoss.getLoss,
  'machine.revoke': machineLoss.revokeMachine,
  'person.open': person.openRequest,
  'person.file': person.extractFile,
  'person.log': person.logExport,
  'sync.run': sync.runSync,
  'sync.road': machine.getRoad,
  'sync.set-day-end': machine.setDayEnd,
  'sync.set-ca': machine.setCityCa,
  'sync.cancel': sync.cancelSync,
  'count.cancel-import': countImport.cancelImport,
  'count.undo-import': countUndo.undoImport,
  'courier.write': courier.writeBundle,
  'courier.read': courier.readReceipts,
  'courier.cancel': courier.cancelCourier,
  'count.file': countFile.makeCountFile,
  'target.file': target.makeTargetFile,
  'target.import': target.importTargets,
  'report.ask': cityFigures.askCity,
  'report.file': reportKept.makeFile,
  'report.clipping': reportKept.clip,
  'choice.save': reportChoice.saveChoice,
  'choice.remove': reportChoice.removeChoice,
  'typed.save': typed.keepTyped,
  'access.verify': access.verifyAccess,
  'access.file': access.makeAccessFile,
  'update.check': update.checkUpdate,
  'update.load': update.loadUpdate,
  'update.cancel': update.cancelUpdate,
  'update.later': update.putUpdateOff,
  'update.read-outcome': update.readOutcome,
  'update.take': update.takeUpdate,
  'update.prepare': update.prepareUpdate,
};
