targetScope = 'subscription'

@description('Names the resource group and, with subscription and region, everything in it. azd sets it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The Azure region.')
@minLength(1)
param location string

@description('Object id of the person, group or pipeline that sets secrets. Nothing: nobody is given that right here.')
param operatorPrincipalId string = ''

@description('What the operator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Client id of the app registration that people sign in with. There is no deployment without sign-in.')
@minLength(36)
@maxLength(36)
param signInClientId string

@description('Tenant of that registration.')
param signInTenantId string = tenant().tenantId

@description('Whose keys the vault holds; a key of the other mode stops the start.')
@allowed(['test', 'live'])
param stripeMode string = 'test'

@description('Where mails are stored at rest, as Communication Services names it.')
param mailDataLocation string = 'Europe'

@description('The address that mails come from. Nothing: the managed domain\'s DoNotReply.')
param mailSender string = ''

@description('Ids of verified domains of the same data location that mail may come from, beside the managed one.')
param verifiedMailDomainIds string[] = []

@description('Whether cards go to a Teams channel.')
param teams bool = true

@description('Base address of a gateway that speaks the OpenAI API. Nothing: mails are read by rules.')
param modelAddress string = ''

@description('The model, as the gateway names it.')
param modelName string = ''

@description('A shared mailbox in Microsoft 365. Nothing: mails come in over POST /inbox/messages only.')
param mailboxAddress string = ''

@description('Tenant of the application that reads the mailbox. Nothing: the app\'s own identity reads it.')
param mailboxTenantId string = ''

@description('That application\'s client id; its secret is the secret mailbox.')
param mailboxClientId string = ''

@description('A policy file in the deployed package. Nothing: the app\'s own.')
param policyFile string = ''

@description('Whether storage, vault and scheduler are reached over private endpoints only.')
param privateEndpoints bool = false

@description('Addresses or networks from which operators reach a vault that is closed otherwise.')
param operatorAddresses string[] = []

@description('Whether the app\'s address is reachable from outside. Stripe, the mail gateway and approvers need it, or a front door of your own.')
param publicWeb bool = true

@description('Whether everything leaves from one fixed address, so that Stripe keys can be limited to it.')
param fixedOutboundAddress bool = false

@description('The network, where there is one.')
param networkPrefix string = '10.90.0.0/24'

@description('Whether a Durable Task Scheduler holds the task hub instead of the storage account. host.json has to say the same.')
param durableTaskScheduler bool = false

@description('How the scheduler is paid.')
@allowed(['Consumption', 'Dedicated'])
param durableTaskSchedulerSku string = 'Consumption'

@description('How many copies storage keeps, and where. Approvals and the audit record are in it.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Memory of an instance in MB: 512, 2048 or 4096.')
param instanceMemory int = 2048

@description('The most instances at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances that wait for requests and for orchestrations, each. 0: the app may sleep, and the first request waits for it.')
@minValue(0)
param alwaysReady int = 0

@description('Who is written to when something needs a person.')
param alertMailTo string[] = []

@description('How many days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

// Names are made here, so that what-if knows every resource before anything exists.
var appName = 'orchestrator-${token}'
var storageName = 'st${token}'
var vaultName = 'kv-${token}'
var communicationName = 'acs-${token}'
var insightsName = 'appi-${token}'
var schedulerName = 'dts-${token}'
var taskHubName = 'orchestrator'

var hasModel = !empty(modelAddress)
var hasMailbox = !empty(mailboxAddress)
var hasMailboxSecret = hasMailbox && !empty(mailboxClientId)

var secretNames = [
  'stripe-read'
  'stripe-refund'
  'stripe-webhook'
  'mail'
  'teams-webhook'
  'model-gateway'
  'inbox-signature'
  'mailbox'
]

// What is not set up is not readable either.
var notSetUp = concat(teams ? [] : ['teams-webhook'], hasModel ? [] : ['model-gateway'], hasMailboxSecret ? [] : ['mailbox'])
var readByApp = filter(secretNames, name => !contains(notSetUp, name))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { location: location, token: token, tags: tags, insightsName: insightsName, retentionDays: logRetentionDays }
}

module network 'modules/network.bicep' = if (privateEndpoints || fixedOutboundAddress) {
  scope: group
  params: { location: location, token: token, tags: tags, addressPrefix: networkPrefix, fixedOutboundAddress: fixedOutboundAddress }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { location: location, name: storageName, tags: tags, sku: storageSku, closed: privateEndpoints }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    location: location
    name: vaultName
    tags: tags
    closed: privateEndpoints
    operatorAddresses: operatorAddresses
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module mail 'modules/mail.bicep' = {
  scope: group
  params: { token: token, name: communicationName, tags: tags, dataLocation: mailDataLocation, verifiedDomainIds: verifiedMailDomainIds }
}

module secrets 'modules/secrets.bicep' = {
  scope: group
  params: { vaultName: vaultName, names: filter(secretNames, name => name != 'mail'), communicationName: communicationName }
  dependsOn: [vault, mail]
}

module scheduler 'modules/scheduler.bicep' = if (durableTaskScheduler) {
  scope: group
  params: { location: location, name: schedulerName, hubName: taskHubName, tags: tags, sku: durableTaskSchedulerSku, closed: privateEndpoints }
}

module endpoints 'modules/private-endpoints.bicep' = if (privateEndpoints) {
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    targets: concat(
      map(['blob', 'queue', 'table'], part => {
        id: storage.outputs.id
        group: part
        zone: 'privatelink.${part}.${environment().suffixes.storage}'
      }),
      [{ id: vault.outputs.id, group: 'vault', zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}' }],
      durableTaskScheduler ? [{ id: scheduler!.outputs.id, group: 'scheduler', zone: 'privatelink.durabletask.io' }] : []
    )
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    location: location
    name: appName
    token: token
    tags: tags
    storageName: storageName
    packageContainer: storage.outputs.packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    subnetId: network.?outputs.appSubnetId ?? ''
    publicWeb: publicWeb
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    alwaysReady: alwaysReady
    signInClientId: signInClientId == '00000000-0000-0000-0000-000000000000'
      ? fail('Set SIGN_IN_CLIENT_ID to the app registration: README, step 2.')
      : signInClientId
    signInTenantId: signInTenantId
    settings: union(
      {
        ORCHESTRATOR__Stripe__Mode: stripeMode
        ORCHESTRATOR__Keys__VaultAddress: vault.outputs.address
        ORCHESTRATOR__Mail__Endpoint: mail.outputs.endpoint
        ORCHESTRATOR__Mail__Sender: empty(mailSender) ? mail.outputs.sender : mailSender
        ORCHESTRATOR__Teams__Webhook: teams ? 'on' : 'off'
        ORCHESTRATOR__Mailbox__Use: hasMailbox ? 'on' : 'off'
      },
      hasModel ? { ORCHESTRATOR__Model__Address: modelAddress, ORCHESTRATOR__Model__Name: modelName } : {},
      hasMailbox ? { ORCHESTRATOR__Mailbox__Address: mailboxAddress } : {},
      hasMailboxSecret ? { ORCHESTRATOR__Mailbox__TenantId: mailboxTenantId, ORCHESTRATOR__Mailbox__ClientId: mailboxClientId } : {},
      empty(policyFile) ? {} : { ORCHESTRATOR__Policy__File: policyFile },
      durableTaskScheduler ? { DURABLE_TASK_SCHEDULER_CONNECTION_STRING: scheduler!.outputs.connectionString, TASKHUB_NAME: taskHubName } : {}
    )
  }
  dependsOn: [endpoints]
}

module appEndpoint 'modules/private-endpoints.bicep' = if (privateEndpoints && !publicWeb) {
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    targets: [{ id: app.outputs.id, group: 'sites', zone: 'privatelink.azurewebsites.net' }]
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    appPrincipalId: app.outputs.principalId
    storageName: storageName
    vaultName: vaultName
    readableSecrets: readByApp
    insightsName: insightsName
    schedulerName: durableTaskScheduler ? schedulerName : ''
    taskHubName: taskHubName
  }
  dependsOn: [secrets]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { location: location, token: token, tags: tags, workspaceId: monitoring.outputs.workspaceId, mailTo: alertMailTo }
}

@description('The resource group that azd deploys to.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output APP_NAME string = appName

@description('Address of the console, of the approvals and of the webhooks.')
output APP_ADDRESS string = app.outputs.address

@description('The identity of the app, for rights outside this subscription such as a mailbox.')
output APP_PRINCIPAL_ID string = app.outputs.principalId

@description('The identity that the app registration has to trust.')
output SIGN_IN_PRINCIPAL_ID string = app.outputs.signInPrincipalId

@description('Name of the vault.')
output VAULT_NAME string = vaultName

@description('Name of the Communication Services resource.')
output COMMUNICATION_NAME string = communicationName

@description('The fixed address that Stripe sees, or nothing.')
output OUTBOUND_ADDRESS string = network.?outputs.outboundAddress ?? ''
