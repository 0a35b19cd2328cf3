@description('The ending that makes names unique.')
param token string

@description('Name of the Communication Services resource.')
param name string

@description('Tags of every resource.')
param tags object

@description('Where mails are stored at rest, such as Europe or United States.')
param dataLocation string

@description('Ids of verified domains beside the managed one.')
param verifiedDomainIds string[]

resource email 'Microsoft.Communication/emailServices@2026-03-18' = {
  name: 'email-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }

  resource managed 'domains' = {
    name: 'AzureManagedDomain'
    location: 'global'
    tags: tags
    properties: {
      domainManagement: 'AzureManaged'
      userEngagementTracking: 'Disabled'
    }
  }
}

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: concat([email::managed.id], verifiedDomainIds)
  }
}

@description('Where mail is handed over.')
output endpoint string = 'https://${communication.properties.hostName}'

@description('The sender that the managed domain comes with.')
output sender string = 'DoNotReply@${email::managed.properties.mailFromSenderDomain}'
